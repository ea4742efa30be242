import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useMeta, useObjectMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { todayIn } from '@/lib/dates';
import { recordPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { TRAINING_TEXTS, textKey } from './text-keys';
import { trainedOf, trainingState } from './training';
import styles from './dossier.module.css';

const CreateDrawer = lazy(() => import('@/records/create-drawer'));

const SHOWN = 50;
const PLANNED = ['planned_at', 'subject', 'our_people', 'received_by', 'place'];
const ASKED = ['topic', 'product', 'category', 'for_whom', 'people', 'wanted_by'];

/** Who of theirs wants to be trained on what, planned against done. */
export default function TrainingNeeds({ account }: Readonly<{ account: string }>) {
  const { t } = useText();
  const object = useObjectMeta('training_need');
  const [params, change] = useUrlState();
  const found = useQuery({
    ...recordQuery('training_need', {
      select: [
        'topic', 'product.name', 'category.name', 'for_whom', 'people', 'wanted_by',
        'sessions_planned', 'sessions_done', 'people_trained',
      ],
      where: { op: 'eq', field: 'account', value: account },
      sort: [{ field: 'wanted_by', dir: 'asc', nulls: 'last' }], page: { limit: SHOWN },
    }),
    enabled: object?.rights.read === true,
  });
  if (!object?.rights.read) return null;
  const show = (wanted: boolean) => {
    change({ training: wanted ? '1' : null }, { replace: true });
  };
  return (
    <Panel
      title={t('dossier.training')}
      tools={object.rights.create && (
        <Button
          size="small"
          onClick={() => {
            show(true);
          }}
        >
          {t('dossier.training_new')}
        </Button>
      )}
    >
      {found.isPending && <TableSkeleton rows={2} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data?.records.length === 0 && <p className="faint">{t('dossier.nothing_yet')}</p>}
      <ul className={styles.candidates}>
        {found.data?.records.map((need) => <Need key={need.id} need={need} account={account} />)}
      </ul>
      {params.get('training') === '1' && (
        <Suspense fallback={null}>
          <CreateDrawer
            object={object} names={ASKED} given={{ account }}
            onClose={() => {
              show(false);
            }}
            onMade={() => {
              show(false);
            }}
          />
        </Suspense>
      )}
    </Panel>
  );
}

function Need({ need, account }: Readonly<{ need: RecordRow; account: string }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const { fields } = need;
  const state = trainingState(fields, todayIn(workspace.time_zone));
  const { done, people } = trainedOf(fields);
  const about = [
    asText(fields['product.name']) || asText(fields['category.name']), asText(fields.for_whom),
  ];
  return (
    <li>
      <Link to={recordPath('training_need', need.id)}>{asText(fields.topic)}</Link>
      <span className="faint">{about.filter(Boolean).join(' · ')}</span>
      <span className={state === 'late' ? styles.chipStrong : styles.chip}>
        {t(textKey(TRAINING_TEXTS, state))}
      </span>
      <span className="tabular">
        {people === null ? null : t('dossier.training_done', { done, people })}
      </span>
      <span className="faint">
        {t('dossier.training_sessions', {
          done: Number(fields.sessions_done ?? 0), planned: Number(fields.sessions_planned ?? 0),
        })}
      </span>
      <time className="faint tabular">{asText(fields.wanted_by)}</time>
      {state !== 'met' && <Plan need={need} account={account} />}
    </li>
  );
}

/** A training for the need, as a visit that is planned. */
function Plan({ need, account }: Readonly<{ need: RecordRow; account: string }>) {
  const { t } = useText();
  const client = useQueryClient();
  const visit = useObjectMeta('visit');
  const [open, setOpen] = useState(false);
  if (!visit?.rights.create) return null;
  return (
    <>
      <Button
        size="small" type="link"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('dossier.training_plan')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <CreateDrawer
            object={visit} names={PLANNED}
            given={{
              account, kind: 'training', training_need: need.id,
              subject: need.fields.topic ?? null,
            }}
            onClose={() => {
              setOpen(false);
            }}
            onMade={() => {
              setOpen(false);
              void client.invalidateQueries({ queryKey: ['records', 'training_need'] });
            }}
          />
        </Suspense>
      )}
    </>
  );
}
