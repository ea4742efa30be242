import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { Link } from 'react-router';
import { useText } from '@/i18n/use-text';
import type { Translate } from '@/i18n/use-text';
import { numberText } from '@/lib/decimal';
import { Panel } from '@/ui/page';
import { FailedLine, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import type { Threshold } from './model';

import { previewQuery } from './scoring-api';
import type { Preview } from './scoring-api';
import { useWords } from './use-words';
import styles from './scoring.module.css';

type Props = Readonly<{
  id: string; version: number; thresholds: readonly Threshold[];
  /** The draft is ahead of what is shown. */
  stale: boolean;
}>;

/** What publishing the draft would do: how accounts spread and who moves. */
export function PreviewPanel({ id, version, thresholds, stale }: Props) {
  const { t } = useText();
  const [params, change] = useUrlState();
  const asOf = params.get('as_of');
  const found = useQuery(previewQuery(id, version, asOf));
  const waiting = stale || found.isPlaceholderData;
  return (
    <Panel
      title={t('scoring.effect')}
      tools={(
        <DatePicker
          size="small" placeholder={t('scoring.as_of_today')} aria-label={t('scoring.as_of')}
          value={asOf === null ? null : dayjs(asOf)} maxDate={dayjs()} presets={pastYears(t)}
          onChange={(day) => {
            change({ as_of: day ? day.format('YYYY-MM-DD') : null }, { replace: true });
          }}
        />
      )}
    >
      {asOf !== null && (
        <p className={styles.past}>
          {t('scoring.past', { day: asOf })}
          <Button
            size="small" type="link"
            onClick={() => {
              change({ as_of: null }, { replace: true });
            }}
          >
            {t('scoring.back_to_today')}
          </Button>
        </p>
      )}
      {found.isPending && <TableSkeleton rows={8} columns={3} />}
      {found.isError && <FailedLine error={found.error} retry={() => void found.refetch()} />}
      {found.data && (
        <div className={waiting ? styles.waiting : styles.stack} aria-busy={waiting}>
          <Figures preview={found.data} />
          <Tiers preview={found.data} />
          <Histogram preview={found.data} thresholds={thresholds} />
          <ServiceLoad load={found.data.service_load} />
          <Movers preview={found.data} />
        </div>
      )}
    </Panel>
  );
}

const YEARS = 3;

/** The last days of the years before: what the model would have said then. */
function pastYears(t: Translate) {
  return Array.from({ length: YEARS }, (_, place) => {
    const year = dayjs().year() - 1 - place;
    return { label: t('scoring.end_of_year', { year }), value: dayjs(`${year}-12-31`) };
  });
}

const MANAGERS = 5;

/** What the moves mean for those who visit, by the service standards of the tiers. */
function ServiceLoad({ load }: Readonly<{ load: Preview['service_load'] }>) {
  const { t } = useText();
  const change = signed(load.change);
  return (
    <div>
      <h3 className={styles.heading}>{t('scoring.load')}</h3>
      <p className={styles.hint}>
        {Number(load.change) === 0 ? t('scoring.load_same')
          : t('scoring.load_change', { n: change })}
      </p>
      <ul className={styles.movers}>
        {load.managers.slice(0, MANAGERS).map(({ owner, name, accounts, change: visits }) => (
          <li key={owner ?? ''}>
            <span>{name ?? t('scoring.no_owner')}</span>
            <span className="faint">{t('scoring.load_accounts', { n: accounts })}</span>
            <span className="number">{signed(visits)}</span>
          </li>
        ))}
      </ul>
      {load.managers.length > MANAGERS && (
        <p className={styles.hint}>
          {t('scoring.load_more', { n: load.managers.length - MANAGERS })}
        </p>
      )}
      {load.truncated && <p className={styles.hint}>{t('scoring.load_part')}</p>}
    </div>
  );
}

function signed(visits: string): string {
  const text = numberText(visits, 1);
  return Number(visits) > 0 ? `+${text}` : text;
}

function Figures({ preview }: Readonly<{ preview: Preview }>) {
  const { t } = useText();
  const figures = [
    ['scoring.accounts', preview.accounts], ['scoring.up', preview.up],
    ['scoring.down', preview.down], ['scoring.insufficient', preview.insufficient],
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(([label, value]) => (
        <div key={label}><dt>{t(label)}</dt><dd className="tabular">{value}</dd></div>
      ))}
    </dl>
  );
}

function Tiers({ preview }: Readonly<{ preview: Preview }>) {
  const { t, tierName } = useWords();
  const most = Math.max(1, ...preview.tiers.flatMap((one) => [one.before, one.after]));
  return (
    <table className={styles.tiers}>
      <thead>
        <tr>
          <th scope="col">{t('scoring.tier')}</th>
          <th scope="col" className="number">{t('scoring.before')}</th>
          <th scope="col" className="number">{t('scoring.after')}</th>
          <th scope="col"><span className="visually-hidden">{t('scoring.after')}</span></th>
        </tr>
      </thead>
      <tbody>
        {preview.tiers.map(({ tier, before, after }) => (
          <tr key={tier}>
            <th scope="row">{tierName(tier)}</th>
            <td className="number">{before}</td>
            <td className="number">{after}</td>
            <td className={styles.barCell} aria-hidden>
              <span className={styles.barBefore} style={{ width: `${(before / most) * 100}%` }} />
              <span className={styles.barAfter} style={{ width: `${(after / most) * 100}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Accounts by composite, ten points a bar, with the thresholds across. */
function Histogram({ preview, thresholds }: Readonly<{
  preview: Preview; thresholds: readonly Threshold[];
}>) {
  const { t, tierName } = useWords();
  const most = Math.max(1, ...preview.histogram);
  const label = preview.histogram.map((count, place) => (
    t('scoring.bar', { from: place * 10, to: place * 10 + 10, n: count })
  )).join(t('scoring.comma'));
  return (
    <figure className={styles.histogram}>
      <figcaption>{t('scoring.distribution')}</figcaption>
      <div className={styles.bars} role="img" aria-label={label}>
        {preview.histogram.map((count, place) => (
          // The places of the bars are their meaning.
          <span className={styles.column} key={place * 10}>
            <span className={styles.count}>{count === 0 ? '' : count}</span>
            <span className={styles.bar} style={{ height: `${(count / most) * 100}%` }} />
          </span>
        ))}
        {thresholds.filter(({ from }) => Number(from) > 0).map(({ tier, from }) => (
          <span className={styles.threshold} key={tier} style={{ left: `${Number(from)}%` }}>
            <span>{tierName(tier)}</span>
          </span>
        ))}
      </div>
      <div className={styles.axis} aria-hidden>
        {[0, 20, 40, 60, 80, 100].map((tick) => <span key={tick}>{tick}</span>)}
      </div>
    </figure>
  );
}

const SHOWN = 12;

function Movers({ preview }: Readonly<{ preview: Preview }>) {
  const { t, tierName } = useWords();
  const { movers } = preview;
  const first = preview.moves.filter((move) => move.from === null)
    .reduce((sum, move) => sum + move.accounts, 0);
  const rest = preview.up + preview.down - Math.min(SHOWN, movers.length);
  return (
    <div>
      <h3 className={styles.heading}>{t('scoring.movers')}</h3>
      {movers.length === 0 && <p className={styles.hint}>{t('scoring.no_movers')}</p>}
      <ul className={styles.movers}>
        {movers.slice(0, SHOWN).map(({ account, from, to, composite }) => (
          <li key={account.id}>
            <Link to={`/scoring/accounts/${account.id}`}>{account.name}</Link>
            <span className="faint">
              {t('scoring.move', { from: tierName(from), to: tierName(to) })}
            </span>
            <span className="number">{numberText(composite)}</span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className={styles.hint}>{t('scoring.more_movers', { n: rest })}</p>}
      {first > 0 && <p className={styles.hint}>{t('scoring.first_time', { n: first })}</p>}
    </div>
  );
}
