import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, Gauge } from 'lucide-react';
import { Link, useParams } from 'react-router';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { recordById, recordQuery } from '@/api/records';
import { asText } from '@/fields/widget';
import { numberText } from '@/lib/decimal';
import { recordPath } from '@/records/record-path';
import { Page, Panel } from '@/ui/page';
import { Bone, Failed, Notice, TableSkeleton } from '@/ui/states';
import { RegionPanel } from '../region-panel';
import { bandLabel, criterionLabel } from './model';
import type { Criterion, Threshold } from './model';
import { criteriaOfVersion, explanationQuery, thresholdsOfVersion } from './scoring-api';
import type { Explanation } from './scoring-api';
import { Overrides } from './overrides';
import { useWords } from './use-words';
import { Waterfall } from './waterfall-table';
import styles from './scoring.module.css';

/** How an account comes to its score, part by part, and what would lift it. */
export default function ScorePage() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const account = useQuery(recordById('account', id, ['name']));
  const found = useQuery(explanationQuery(id));
  const name = asText(account.data?.fields.name);
  return (
    <Page
      narrow title={t('scoring.why', { name: name || '…' })}
      above={(
        <Link className={styles.back} to={recordPath('account', id)}>
          <ChevronLeft size={14} aria-hidden />{name || <Bone width={120} />}
        </Link>
      )}
    >
      {found.isPending && <Panel><TableSkeleton rows={5} columns={4} /></Panel>}
      {found.isError && <Unexplained error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Explained answer={found.data} />}
      {account.data && <RegionPanel account={id} />}
      {account.data && <Overrides account={id} />}
    </Page>
  );
}

function Unexplained({ error, retry }: Readonly<{ error: unknown; retry: () => void }>) {
  const { t } = useWords();
  const problem = asProblem(error);
  if (problem.code !== 'not_found') return <Failed error={error} retry={retry} />;
  return (
    <Notice icon={Gauge} title={t('scoring.unscored')} text={problemText(problem, t)}>
      <Link to="/scoring">{t('scoring.title')}</Link>
    </Notice>
  );
}

const NO_CRITERIA: readonly Criterion[] = [];
const NO_THRESHOLDS: readonly Threshold[] = [];

function Explained({ answer }: Readonly<{ answer: Explanation }>) {
  const words = useWords();
  const { t, tierName } = words;
  const version = useQuery(recordQuery('scoring_version', {
    select: ['definition', 'model.name'], page: { limit: 1 },
    where: { op: 'and', args: [
      { op: 'eq', field: 'model', value: answer.model },
      { op: 'eq', field: 'number', value: answer.version },
    ] },
  }));
  const kept = version.data?.records[0]?.fields;
  const criteria = kept ? criteriaOfVersion(kept) : NO_CRITERIA;
  const thresholds = kept ? thresholdsOfVersion(kept) : NO_THRESHOLDS;
  return (
    <>
      <Panel>
        <dl className={styles.figures}>
          <div>
            <dt>{t('scoring.composite')}</dt>
            <dd className="tabular">{numberText(answer.composite)}</dd>
          </div>
          <div><dt>{t('scoring.tier')}</dt><dd>{tierName(answer.tier)}</dd></div>
          <div><dt>{t('scoring.coverage')}</dt><dd className="tabular">{answer.coverage}%</dd></div>
          <div>
            <dt>{t('scoring.model')}</dt>
            <dd className={styles.small}>
              <Link to={`/scoring/${answer.model}`}>
                {asText(kept?.['model.name']) || t('scoring.model')}
              </Link>
              {' '}{t('scoring.version', { n: answer.version })}
            </dd>
          </div>
        </dl>
        {answer.override_tier !== null && (
          <p className={styles.hint}>
            {t('scoring.overridden', { tier: tierName(answer.override_tier) })}
          </p>
        )}
        {!answer.sufficient && <p className={styles.hint}>{t('scoring.not_sufficient')}</p>}
      </Panel>
      <Panel title={t('scoring.parts')} flush>
        <Waterfall answer={answer} criteria={criteria} thresholds={thresholds} />
      </Panel>
      <Panel title={t('scoring.lifts')}>
        {thresholds[0]?.tier === answer.tier
          ? <p className={styles.hint}>{t('scoring.top_tier')}</p>
          : <Lifts answer={answer} criteria={criteria} />}
      </Panel>
    </>
  );
}

function Lifts({ answer, criteria }: Readonly<{
  answer: Explanation; criteria: readonly Criterion[];
}>) {
  const words = useWords();
  const { t, tierName } = words;
  if (answer.lifts.length === 0) return <p className={styles.hint}>{t('scoring.no_lifts')}</p>;
  return (
    <ul className={styles.lifts}>
      {answer.lifts.map((lift) => {
        const criterion = criteria.find((one) => one.key === lift.key);
        return (
          <li key={lift.key}>
            {t('scoring.lift', {
              name: criterion ? criterionLabel(criterion, words) : lift.key,
              band: criterion ? bandLabel(criterion, lift.band, words) : '',
              composite: numberText(lift.composite), tier: tierName(lift.tier),
            })}
          </li>
        );
      })}
    </ul>
  );
}
