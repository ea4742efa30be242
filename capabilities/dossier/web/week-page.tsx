import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Link } from 'react-router';
import { fieldOf, useMeta, useObjectMeta } from '@/api/meta';
import { asText } from '@/fields/widget';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { addDays, formatDateTime, todayIn } from '@/lib/dates';
import { formatAmount } from '@/lib/money';
import { recordPath } from '@/records/record-path';
import { Page, Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { CalendarFeed } from './calendar-feed';
import type { Overview, Week } from './dossier-api';
import { fieldText, overviewQuery, weekQuery } from './dossier-api';
import { COUNT_TEXTS, REASON_TEXTS, textKey } from './text-keys';
import styles from './dossier.module.css';

const DAYS = 7;

type Reason = Week['candidates'][number]['reasons'][number];

/** Whom to see this week and why; what is planned; how everybody's week went. */
export default function WeekPage() {
  const { t } = useText();
  const { workspace } = useMeta();
  const [params, change] = useUrlState();
  const asked = params.get('from') ?? todayIn(workspace.time_zone);
  const week = useQuery(weekQuery(asked));
  const from = week.data?.from ?? asked;
  const move = (days: number) => {
    change({ from: addDays(from, days) });
  };
  return (
    <Page
      title={t('dossier.week')}
      note={<span className="tabular">{`${from} – ${addDays(from, DAYS - 1)}`}</span>}
      tools={(
        <>
          <CalendarFeed />
          <Button
            icon={<ChevronLeft size={15} aria-hidden />} aria-label={t('dossier.week_before')}
            onClick={() => {
              move(-DAYS);
            }}
          />
          <Button
            icon={<ChevronRight size={15} aria-hidden />} aria-label={t('dossier.week_after')}
            onClick={() => {
              move(DAYS);
            }}
          />
        </>
      )}
    >
      {week.isPending && <TableSkeleton rows={6} columns={3} />}
      {week.isError && <Failed error={week.error} retry={() => void week.refetch()} />}
      {week.data && (
        <div className={styles.columns}>
          <Candidates week={week.data} />
          <Planned week={week.data} />
        </div>
      )}
      {week.data && <Managers from={from} />}
    </Page>
  );
}

function Candidates({ week }: Readonly<{ week: Week }>) {
  const { t } = useText();
  const account = useObjectMeta('account');
  const tier = account && fieldOf(account, 'tier');
  return (
    <Panel title={t('dossier.candidates')}>
      {week.candidates.length === 0 && <p className="faint">{t('dossier.nobody_waits')}</p>}
      <ol className={styles.candidates}>
        {week.candidates.map((candidate) => (
          <li key={candidate.account.id}>
            <Link to={recordPath('account', candidate.account.id)}>
              {fieldText(candidate.account, 'name')}
            </Link>
            {tier && <FieldValue field={tier} fields={candidate.account.fields} emptyText="" />}
            <span className="faint">{fieldText(candidate.account, 'city')}</span>
            <ul className={styles.reasons}>
              {candidate.reasons.map((reason) => (
                <li key={reason.code} className={styles.chip}><ReasonText reason={reason} /></li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function ReasonText({ reason }: Readonly<{ reason: Reason }>) {
  const { t } = useText();
  const params = reason.params as Readonly<Record<string, unknown>>;
  const amount = asText(params.amount);
  return t(textKey(REASON_TEXTS, reason.code), {
    days: asText(params.days), standard: asText(params.standard), count: asText(params.count),
    amount: amount === '' ? '' : formatAmount(amount, 'wan'),
  });
}

function Planned({ week }: Readonly<{ week: Week }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  return (
    <Panel title={t('dossier.planned')}>
      {week.planned.length === 0 && <p className="faint">{t('dossier.nothing_planned')}</p>}
      <ul className={styles.waiting}>
        {week.planned.map((visit) => (
          <li key={visit.id}>
            <Link to={recordPath('account', fieldText(visit, 'account'))}>
              {fieldText(visit, 'account.name')}
            </Link>
            <time className="faint tabular">
              {formatDateTime(fieldText(visit, 'planned_at'), workspace.time_zone).slice(5)}
            </time>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const COUNTS = [
  'planned', 'reported', 'unreported', 'without_dossier', 'checks_due', 'complaints_open',
  'causes_open',
] as const satisfies readonly (keyof Overview['managers'][number])[];

function Managers({ from }: Readonly<{ from: string }>) {
  const { t } = useText();
  const found = useQuery(overviewQuery(from, addDays(from, DAYS)));
  if (!found.data || found.data.managers.length === 0) return null;
  return (
    <Panel flush title={t('dossier.managers')}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('dossier.manager')}</th>
              {COUNTS.map((count) => (
                <th key={count} scope="col" className={styles.right}>
                  {t(textKey(COUNT_TEXTS, count))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.data.managers.map((manager) => (
              <tr key={manager.user.id}>
                <td>{manager.user.name}</td>
                {COUNTS.map((count) => (
                  <td key={count} className={styles.right}>{manager[count]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
