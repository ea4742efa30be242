import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { Check, Circle, CircleCheck, Plus } from 'lucide-react';
import { useState } from 'react';
import { useObjectMeta } from '@/api/meta';
import { createRecord, patchRecord } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { asText, isEmptyValue } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { Failed, TableSkeleton } from '@/ui/states';
import { optionsOf, patchMeeting, peopleOf, preferencesOf } from './meeting-api';
import { Preference } from './meeting-preference';
import { useMeetingChange } from './use-meeting-change';
import styles from './map.module.css';

const MOST_NAME = 100;

/** People by options: a tap says what somebody prefers, another one takes it back. */
export function MeetingMatrix({ meeting }: Readonly<{ meeting: RecordRow }>) {
  const { t } = useText();
  const object = useObjectMeta('buying_preference');
  const options = useQuery(optionsOf(meeting.id));
  const preferences = useQuery(preferencesOf(meeting.id));
  const people = useQuery(peopleOf(asText(meeting.fields.account)));
  const [chosen, setChosen] = useState('');
  const failed = [options, preferences, people].find(({ isError }) => isError);
  if (failed) return <Failed error={failed.error} retry={() => void failed.refetch()} />;
  if (!options.data || !preferences.data || !people.data) {
    return <TableSkeleton rows={5} columns={4} />;
  }
  const rows = rowsOf(people.data.records, preferences.data.records);
  // What was confirmed stands as evidence and stays as it was.
  const mayChange = object?.rights.create === true && meeting.can.includes('update')
    && isEmptyValue(meeting.fields.confirmed_on);
  return (
    <div className={styles.scroll}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('meeting.person')}</th>
            {options.data.records.map((option) => (
              <OptionHead
                key={option.id} option={option} meeting={meeting} mayChange={mayChange}
                count={preferences.data.records
                  .filter(({ fields }) => fields.option === option.id).length}
              />
            ))}
            {mayChange && (
              <th>
                <NewOption meeting={meeting.id} first={options.data.records.length === 0} />
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <PersonRow
              key={row.contact} row={row} options={options.data.records} meeting={meeting.id}
              mayChange={mayChange} open={chosen === row.contact}
              onOpen={() => {
                setChosen(chosen === row.contact ? '' : row.contact);
              }}
            />
          ))}
        </tbody>
      </table>
      {options.data.records.length === 0 && (
        <p className={styles.hint}>{t('meeting.no_options')}</p>
      )}
    </div>
  );
}

export type PersonOfMeeting = Readonly<{
  contact: string; name: string; title: string; preference: RecordRow | null;
}>;

/** Those in office, and whoever took part and left since. */
function rowsOf(
  people: readonly RecordRow[], preferences: readonly RecordRow[],
): readonly PersonOfMeeting[] {
  const of = new Map(preferences.map((one) => [asText(one.fields.contact), one]));
  const known = new Set(people.map(({ id }) => id));
  return [
    ...people.map(({ id, fields }) => ({
      contact: id, name: asText(fields.name), title: asText(fields.title),
      preference: of.get(id) ?? null,
    })),
    ...preferences.filter(({ fields }) => !known.has(asText(fields.contact))).map((one) => ({
      contact: asText(one.fields.contact), name: asText(one.fields['contact.name']),
      title: asText(one.fields['contact.title']), preference: one,
    })),
  ];
}

function OptionHead({ option, meeting, count, mayChange }: Readonly<{
  option: RecordRow; meeting: RecordRow; count: number; mayChange: boolean;
}>) {
  const { t } = useText();
  const isChosen = meeting.fields.chosen === option.id;
  const choose = useMeetingChange(() => (
    patchMeeting(meeting, { chosen: isChosen ? null : option.id })
  ));
  return (
    <th scope="col">
      <b>{asText(option.fields.name)}</b>
      {option.fields.ours === true && <span className={styles.ours}>{t('meeting.ours')}</span>}
      <span className={styles.count}>{t('meeting.votes', { n: count })}</span>
      {mayChange ? (
        <Button
          size="small" type={isChosen ? 'primary' : 'text'} aria-pressed={isChosen}
          icon={isChosen ? <Check size={13} aria-hidden /> : undefined} loading={choose.isPending}
          onClick={() => {
            choose.mutate(undefined);
          }}
        >
          {t(isChosen ? 'meeting.chosen' : 'meeting.choose')}
        </Button>
      ) : isChosen && <span>{t('meeting.chosen')}</span>}
    </th>
  );
}

function NewOption({ meeting, first }: Readonly<{ meeting: string; first: boolean }>) {
  const { t } = useText();
  const [name, setName] = useState('');
  const [ours, setOurs] = useState(first);
  const add = useMeetingChange(async () => {
    await createRecord('buying_option', { meeting, name: name.trim(), ours });
    setName('');
    setOurs(false);
  });
  return (
    <form
      className={styles.newOption}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') add.mutate(undefined);
      }}
    >
      <Input
        size="small" aria-label={t('meeting.new_option')} placeholder={t('meeting.new_option')}
        value={name} maxLength={MOST_NAME}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <Checkbox
        checked={ours}
        onChange={({ target }) => {
          setOurs(target.checked);
        }}
      >
        {t('meeting.ours')}
      </Checkbox>
      <Button
        size="small" htmlType="submit" icon={<Plus size={13} aria-hidden />}
        loading={add.isPending} disabled={name.trim() === ''} aria-label={t('meeting.add_option')}
      />
    </form>
  );
}

function PersonRow({ row, options, meeting, mayChange, open, onOpen }: Readonly<{
  row: PersonOfMeeting; options: readonly RecordRow[]; meeting: string; mayChange: boolean;
  open: boolean; onOpen: () => void;
}>) {
  const { t } = useText();
  const { preference } = row;
  const prefers = asText(preference?.fields.option);
  const prefer = useMeetingChange((option: string) => {
    const wanted = option === prefers ? null : option;
    return preference === null
      ? createRecord('buying_preference', { meeting, contact: row.contact, option: wanted })
      : patchRecord('buying_preference', preference.id, {
        fields: { option: wanted }, base: { option: prefers || null },
      });
  });
  const why = asText(preference?.fields.why);
  return (
    <>
      <tr>
        <th scope="row">
          <button type="button" className={styles.name} aria-expanded={open} onClick={onOpen}>
            {row.name}
          </button>
          <span className={styles.count}>{row.title}</span>
          {why !== '' && !open && <span className={styles.because}>{why}</span>}
        </th>
        {options.map((option) => (
          <td key={option.id}>
            <button
              type="button" className={styles.cell} disabled={!mayChange || prefer.isPending}
              aria-pressed={prefers === option.id}
              aria-label={t('meeting.prefers', {
                name: row.name, option: asText(option.fields.name),
              })}
              onClick={() => {
                prefer.mutate(option.id);
              }}
            >
              {prefers === option.id
                ? <CircleCheck size={20} className={styles.voted} aria-hidden />
                : <Circle size={20} className={styles.open} aria-hidden />}
            </button>
          </td>
        ))}
        {mayChange && <td />}
      </tr>
      {open && (
        <tr>
          <td colSpan={options.length + (mayChange ? 2 : 1)}>
            <Preference row={row} meeting={meeting} mayChange={mayChange} onDone={onOpen} />
          </td>
        </tr>
      )}
    </>
  );
}
