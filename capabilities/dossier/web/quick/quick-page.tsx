import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { checkInQuery } from '@/api/check-in';
import { api } from '@/api/client';
import { ENTERED_FOR } from '@/api/entering';
import { useMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import type { SaidMessage } from '@/api/people';
import { recordQuery } from '@/api/records';
import { FileRow, SendFile } from '@/fields/attachments';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { addDays, addMonths, todayIn } from '@/lib/dates';
import { CheckIn } from '@/records/check-in';
import { ForWhom } from '@/records/for-whom';
import { useDraft } from '@/ui/draft';
import { Page, Panel } from '@/ui/page';
import { FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import type { Row } from '../dossier-api';
import { dossierKey, fieldText } from '../dossier-api';
import styles from '../dossier.module.css';
import { KindButtons, KindForm, PASTE } from './kinds';
import { useOpenVisits } from './open-visits';
import { Paste } from './paste';
import { keepSaid, Said } from './said';

const ACCOUNTS = 20;
const TEXT_ROWS = { minRows: 2, maxRows: 6 };

type Draft = Readonly<{
  outcome: string; progress: string; next: string; files?: readonly string[];
  said?: readonly SaidMessage[];
}>;
const EMPTY: Draft = { outcome: '', progress: '', next: '' };
const NOTHING: readonly never[] = [];

/** A visit in three fields: result, next step, next date. What was typed stays until saved. */
export default function QuickPage() {
  const { t } = useText();
  const { workspace } = useMeta();
  const today = todayIn(workspace.time_zone);
  const [params, setParams] = useSearchParams();
  const kind = params.get('kind') ?? '';
  const asked = params.get('account') ?? '';
  const manager = params.get('for') ?? '';
  const open = useOpenVisits(today, manager);
  const fitting = asked === '' ? open
    : open.filter((visit) => fieldText(visit, 'account') === asked);
  const [chosen, setChosen] = useState<string | null>(params.get('visit'));
  const [other, setOther] = useState(asked);
  const first = fitting.length === 1 && other === asked ? fitting[0]?.id ?? null : null;
  const visit = chosen ?? first;
  const account = visit === null ? other : accountOf(open, visit);
  const show = (name: string, next: string) => {
    const changed = new URLSearchParams(params);
    if (next === '') changed.delete(name);
    else changed.set(name, next);
    setParams(changed, { replace: true });
  };
  const showKind = (next: string) => {
    show('kind', next);
  };
  return (
    <Page title={t('dossier.quick')} note={<time className="tabular">{today}</time>} narrow>
      <Panel>
        <div className={styles.quick}>
          <ForWhom
            value={manager}
            onChange={(id) => {
              setChosen(null);
              show('for', id);
            }}
          />
          <Choice
            visits={open} visit={visit} account={other}
            onVisit={(id) => {
              setChosen(id);
              setOther('');
            }}
            onAccount={(id) => {
              setChosen(null);
              setOther(id);
            }}
          />
          <Arrived visit={open.find((one) => one.id === visit)} />
          {kind === PASTE
            ? <Paste account={account} />
            : (
              <Report
                visit={visit} account={visit === null ? other : ''} manager={manager} today={today}
                customer={account}
              />
            )}
          <KindButtons kind={kind} onKind={showKind} />
        </div>
      </Panel>
      <KindForm
        kind={kind} account={account} manager={manager}
        onClose={() => {
          showKind('');
        }}
      />
    </Page>
  );
}

function accountOf(visits: readonly Row[], id: string): string {
  const visit = visits.find((one) => one.id === id);
  return visit ? fieldText(visit, 'account') : '';
}

/** Before the report: that one is there, where the workspace asks for it. */
function Arrived({ visit }: Readonly<{ visit: Row | undefined }>) {
  const { t } = useText();
  const asked = useQuery(checkInQuery).data?.asked ?? false;
  if (!visit || !asked) return null;
  const at = fieldText(visit, 'checked_in_at');
  return (
    <div className={styles.dates}>
      <CheckIn visit={visit.id} at={at} />
      {at === '' && <span className="faint">{t('check_in.note')}</span>}
    </div>
  );
}

/** A visit of today, or any account. */
function Choice({ visits, visit, account, onVisit, onAccount }: Readonly<{
  visits: readonly Row[]; visit: string | null; account: string;
  onVisit: (id: string) => void; onAccount: (id: string) => void;
}>) {
  const { t } = useText();
  const [search, setSearch] = useState('');
  const found = useQuery(recordQuery('account', {
    select: ['name'], search: search || undefined, page: { limit: ACCOUNTS },
    where: search === '' && account !== '' ? { op: 'eq', field: 'id', value: account } : undefined,
  }));
  return (
    <div className={styles.choice}>
      {visits.map((one) => (
        <button
          key={one.id} type="button" aria-pressed={visit === one.id}
          className={visit === one.id ? styles.chosenVisit : styles.visit}
          onClick={() => {
            onVisit(one.id);
          }}
        >
          <b>{fieldText(one, 'account.name')}</b>
          <span>{fieldText(one, 'subject')}</span>
        </button>
      ))}
      <Select
        aria-label={t('dossier.which_account')} placeholder={t('dossier.which_account')}
        showSearch={{ filterOption: false, onSearch: setSearch }}
        value={visit === null && account !== '' ? account : undefined}
        options={(found.data?.records ?? []).map((record) => ({
          value: record.id, label: asText(record.fields.name),
        }))}
        onChange={onAccount} style={{ width: '100%' }}
      />
    </div>
  );
}

type About = Readonly<{
  visit: string | null; account: string; manager: string; customer: string; today: string;
}>;

function useSave({ visit, account, manager, today }: About, draft: Draft, clear: () => void) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    networkMode: 'always',
    mutationFn: () => api.post<Readonly<{ visit: string }>>('/dossier/reports', {
      ...(visit === null ? { account } : { visit }),
      outcome: draft.outcome,
      progress: draft.progress || null,
      next_visit_on: draft.next || null,
      ...(manager === '' ? {} : { [ENTERED_FOR]: manager }),
      ...(draft.files?.length ? { files: draft.files } : {}),
    }),
    onSuccess: async (made) => {
      clear();
      await keepSaid(draft.said ?? NOTHING, today, made.visit);
      void client.invalidateQueries({ queryKey: ['records', 'contact_message'] });
      void client.invalidateQueries({ queryKey: dossierKey });
      showToast({ tone: 'success', text: t('dossier.reported') });
      void navigate('/');
    },
  });
}

function Report(about: About) {
  const { today } = about;
  const { t } = useText();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft, clear] = useDraft<Draft>('visit.report', EMPTY);
  const save = useSave(about, draft, clear);
  const errors = save.error ? errorsByField(asProblem(save.error)) : {};
  const known = ['outcome', 'progress', 'next_visit_on'].some((name) => errors[name]);
  return (
    <form
      ref={form} className={styles.report}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {save.error && !known && (
        <FailedLine
          error={save.error}
          retry={() => {
            save.mutate();
          }}
        />
      )}
      <Row label={t('dossier.outcome')} id="outcome" error={errors.outcome}>
        <Input.TextArea
          id="outcome" autoSize={TEXT_ROWS} value={draft.outcome}
          status={errors.outcome ? 'error' : ''}
          onChange={(event) => {
            setDraft({ ...draft, outcome: event.target.value });
          }}
        />
      </Row>
      <Row label={t('dossier.next_step')} id="progress" error={errors.progress}>
        <Input.TextArea
          id="progress" autoSize={TEXT_ROWS} value={draft.progress}
          onChange={(event) => {
            setDraft({ ...draft, progress: event.target.value });
          }}
        />
      </Row>
      <Row
        label={t('dossier.next_date')} id="next" error={errors.next_visit_on}
      >
        <NextDate
          value={draft.next} today={today}
          onChange={(next) => {
            setDraft({ ...draft, next });
          }}
        />
      </Row>
      <Beside customer={about.customer} draft={draft} onChange={setDraft} />
      <Button
        type="primary" size="large" htmlType="submit" loading={save.isPending}
        disabled={(about.visit === null && about.account === '') || draft.outcome.trim() === ''}
      >
        {t('action.save')}
      </Button>
    </form>
  );
}

/** What was said of what was prepared, and files. */
function Beside({ customer, draft, onChange }: Readonly<{
  customer: string; draft: Draft; onChange: (draft: Draft) => void;
}>) {
  return (
    <>
      <Said
        account={customer} said={draft.said ?? NOTHING}
        onChange={(said) => {
          onChange({ ...draft, said });
        }}
      />
      <Attach
        files={draft.files ?? NOTHING}
        onChange={(files) => {
          onChange({ ...draft, files });
        }}
      />
    </>
  );
}

/** A photo or a few spoken words beside the report. */
function Attach({ files, onChange }: Readonly<{
  files: readonly string[]; onChange: (files: readonly string[]) => void;
}>) {
  const { t } = useText();
  const add = (made: Readonly<{ id: string }>) => {
    onChange([...files, made.id]);
  };
  return (
    <div className={styles.dates}>
      <SendFile label={t('dossier.photo')} accept="image/*" onSent={add} />
      <SendFile label={t('dossier.voice')} accept="audio/*" onSent={add} />
      {files.map((file) => (
        <FileRow
          key={file} id={file}
          onRemove={() => {
            onChange(files.filter((one) => one !== file));
          }}
        />
      ))}
    </div>
  );
}

/** A day, or one of three usual distances. */
function NextDate({ value, today, onChange }: Readonly<{
  value: string; today: string; onChange: (next: string) => void;
}>) {
  const { t } = useText();
  const dates = [
    { label: t('dossier.in_a_week'), day: addDays(today, 7) },
    { label: t('dossier.in_two_weeks'), day: addDays(today, 14) },
    { label: t('dossier.in_a_month'), day: addMonths(today, 1) },
  ];
  return (
    <div className={styles.dates}>
      <Input
        id="next" type="date" value={value} style={{ width: 160 }}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {dates.map(({ label, day }) => (
        <Button
          key={label} type={value === day ? 'primary' : 'default'}
          onClick={() => {
            onChange(day);
          }}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}

function Row({ label, id, error, children }: Readonly<{
  label: string; id: string; error: string | undefined; children: ReactNode;
}>) {
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{label}</label>
      {children}
      {error !== undefined && <span role="alert" className={styles.late}>{error}</span>}
    </div>
  );
}
