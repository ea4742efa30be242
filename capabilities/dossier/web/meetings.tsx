import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { Link, useNavigate } from 'react-router';
import { fieldOf, useObjectMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import { FieldValue } from '@/fields/field-value';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import styles from './dossier.module.css';

const CreateDrawer = lazy(() => import('@/records/create-drawer'));

const SHOWN = 20;
const ASKED = ['subject', 'held_on', 'opportunity'];

/** The buying meetings of an account; each has a page with who preferred what. */
export default function Meetings({ account }: Readonly<{ account: string }>) {
  const { t } = useText();
  const navigate = useNavigate();
  const object = useObjectMeta('buying_meeting');
  const [params, change] = useUrlState();
  const found = useQuery({
    ...recordQuery('buying_meeting', {
      select: ['subject', 'held_on', 'state', 'opportunity.name', 'chosen.name', 'confirmed_on'],
      where: { op: 'eq', field: 'account', value: account },
      sort: [{ field: 'held_on', dir: 'desc' }], page: { limit: SHOWN },
    }),
    enabled: object?.rights.read === true,
  });
  if (!object?.rights.read) return null;
  const making = params.get('meeting') === '1';
  const show = (wanted: boolean) => {
    change({ meeting: wanted ? '1' : null }, { replace: true });
  };
  const state = fieldOf(object, 'state');
  return (
    <Panel
      title={t('dossier.buying_meetings')}
      tools={object.rights.create && (
        <Button
          size="small"
          onClick={() => {
            show(true);
          }}
        >
          {t('dossier.meeting_new')}
        </Button>
      )}
    >
      {found.isPending && <TableSkeleton rows={2} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data?.records.length === 0 && <p className="faint">{t('dossier.nothing_yet')}</p>}
      <ul className={styles.candidates}>
        {found.data?.records.map(({ id, fields }) => (
          <li key={id}>
            <time className="tabular">{asText(fields.held_on)}</time>
            <Link to={`/accounts/${account}/meetings/${id}`}>{asText(fields.subject)}</Link>
            {state && <FieldValue field={state} fields={fields} />}
            <span className="faint">
              {[asText(fields['opportunity.name']), asText(fields['chosen.name'])]
                .filter(Boolean).join(' → ')}
            </span>
          </li>
        ))}
      </ul>
      {making && (
        <Suspense fallback={null}>
          <CreateDrawer
            object={object} names={ASKED} given={{ account }}
            onClose={() => {
              show(false);
            }}
            onMade={({ id }) => void navigate(`/accounts/${account}/meetings/${id}`)}
          />
        </Suspense>
      )}
    </Panel>
  );
}
