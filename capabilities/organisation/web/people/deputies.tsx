import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { deleteRecord, patchRecord, recordQuery } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Bone, FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { deputyErrors, phaseOf } from './checks';
import { RecordForm } from './record-form';
import styles from '../organisation.module.css';

const SHOWN = 20;
const NAMES = ['deputy', 'starts_at', 'ends_at', 'reason'];
const PHASES = {
  coming: 'people.deputy_coming', now: 'people.deputy_now', over: 'people.deputy_over',
} as const;

/** Who stands in for a person, and for whom that person stands in, from when until when. */
export function Deputies({ user }: Readonly<{ user: string }>) {
  const { t } = useText();
  const object = useObjectMeta('deputy');
  const [adding, setAdding] = useState(false);
  const found = useQuery({
    ...recordQuery('deputy', {
      select: ['user', 'user.name', 'deputy', 'deputy.name', 'starts_at', 'ends_at', 'reason'],
      where: { op: 'or', args: [
        { op: 'eq', field: 'user', value: user }, { op: 'eq', field: 'deputy', value: user },
      ] },
      sort: [{ field: 'starts_at', dir: 'desc' }], page: { limit: SHOWN },
    }),
    enabled: object?.rights.read === true,
  });
  if (!object?.rights.read) return null;
  return (
    <div className={styles.section}>
      <h3>{t('people.deputies')}</h3>
      {found.isPending && <Bone width="70%" />}
      {found.isError && <FailedLine error={found.error} retry={() => void found.refetch()} />}
      {found.data?.records.length === 0 && <p className="faint">{t('people.no_deputies')}</p>}
      <ul className={styles.list}>
        {found.data?.records.map((record) => <Entry key={record.id} record={record} />)}
      </ul>
      {object.rights.create && !adding && (
        <Button
          onClick={() => {
            setAdding(true);
          }}
        >
          {t('people.add_deputy')}
        </Button>
      )}
      {adding && (
        <RecordForm
          object={object} names={NAMES} record={null} given={{ user }}
          check={(values) => deputyErrors(user, values)}
          onSaved={() => {
            setAdding(false);
          }}
        />
      )}
    </div>
  );
}

function Entry({ record }: Readonly<{ record: RecordRow }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const client = useQueryClient();
  const { fields } = record;
  const [from, until] = [asText(fields.starts_at), asText(fields.ends_at)];
  const [now] = useState(() => Date.now());
  const phase = phaseOf(from, until, now);
  const end = useMutation({
    mutationFn: async (): Promise<void> => {
      if (phase === 'coming') await deleteRecord('deputy', record.id);
      else {
        await patchRecord('deputy', record.id, {
          fields: { ends_at: new Date().toISOString() }, base: { ends_at: fields.ends_at },
        });
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['records', 'deputy'] }),
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  const when = (instant: string) => formatDateTime(instant, workspace.time_zone);
  return (
    <li className={styles.entry}>
      <span>
        <span className={styles.name}>
          {t('people.stands_in', {
            deputy: asText(fields['deputy.name']), user: asText(fields['user.name']),
          })}
        </span>
        {' '}<span className={styles.tag}>{t(PHASES[phase])}</span>
        <br />
        <span className="faint tabular">{when(from)} – {when(until)} {asText(fields.reason)}</span>
      </span>
      {phase !== 'over' && record.can.includes('update') && (
        <Button
          size="small" type="text" danger loading={end.isPending}
          onClick={() => {
            end.mutate();
          }}
        >
          {t('people.end_deputy')}
        </Button>
      )}
    </li>
  );
}
