import { CircleCheck, CircleX } from 'lucide-react';
import { Link } from 'react-router';
import { labelOf, useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { exactAmount } from '@/lib/money';
import { recordPath } from '@/records/record-path';
import type { Ledger, LedgerEntry, Point } from './handover-api';
import { usePeople } from './people';
import styles from './handover.module.css';

/** Who was in charge of how many before and after, and that the amounts agree. */
export function LedgerTable({ ledger }: Readonly<{ ledger: Ledger }>) {
  const { t } = useText();
  const name = usePeople(ledger.objects.flatMap((one) => one.people.map(({ user }) => user)));
  const Mark = ledger.balanced ? CircleCheck : CircleX;
  return (
    <>
      <p className={styles.balance} data-tone={ledger.balanced ? 'good' : 'bad'}>
        <Mark size={16} aria-hidden />
        {t(ledger.balanced ? 'handover.balanced' : 'handover.not_balanced')}
      </p>
      {ledger.objects.length === 0 && <p className={styles.empty}>{t('handover.nothing')}</p>}
      {ledger.objects.length > 0 && (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('handover.ledger')}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('handover.what')}</th>
                <th scope="col" className={styles.number}>{t('handover.moved')}</th>
                <th scope="col" className={styles.number}>{t('handover.kept')}</th>
                <th scope="col">{t('handover.in_charge')}</th>
                <th scope="col">{t('handover.sums')}</th>
              </tr>
            </thead>
            <tbody>
              {ledger.objects.map((entry) => (
                <Line key={`${entry.object}.${entry.field}`} entry={entry} name={name} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Line({ entry, name }: Readonly<{ entry: LedgerEntry; name: (id: string) => string }>) {
  const { language } = useText();
  const { objects, workspace } = useMeta();
  const amount = (value: string | null) => exactAmount(value ?? '0', workspace.currency);
  const object = objects.find((one) => one.api_name === entry.object);
  const label = (field: string) => (
    labelOf(object?.fields.find((one) => one.api_name === field)?.label, language, field)
  );
  return (
    <tr>
      <th scope="row">
        {labelOf(object?.label, language, entry.object)}
        {' '}<span className="faint">{label(entry.field)}</span>
      </th>
      <td className={styles.number}>{entry.moved}</td>
      <td className={styles.number}>{entry.kept}</td>
      <td>
        {entry.people.map(({ user, before, after }) => (
          <div key={user} className={styles.pair}>
            <span>{name(user)}</span><span className="tabular">{before} → {after}</span>
          </div>
        ))}
      </td>
      <td>
        {entry.sums.filter(({ before }) => Number(before ?? 0) !== 0).map((sum) => (
          <div key={sum.field} className={styles.pair}>
            <span className="faint">{label(sum.field)}</span>
            <span className="tabular">{amount(sum.before)} → {amount(sum.after)}</span>
          </div>
        ))}
      </td>
    </tr>
  );
}

/** What was promised or is due, the earliest first. */
export function Points({ points }: Readonly<{ points: readonly Point[] }>) {
  const { t, language } = useText();
  const { workspace, objects } = useMeta();
  const name = usePeople(points.map(({ to }) => to));
  if (points.length === 0) return <p className={styles.empty}>{t('handover.no_points')}</p>;
  const when = (due: string) => (
    due.length > 10 ? formatDateTime(due, workspace.time_zone) : due
  );
  return (
    <ul className={styles.list}>
      {points.map((point) => (
        <li className={styles.entry} key={`${point.object}.${point.record}`}>
          <span>
            <span className={styles.tag}>
              {labelOf(
                objects.find((one) => one.api_name === point.object)?.label, language, point.object,
              )}
            </span>
            {' '}
            <Link to={recordPath(point.object, point.record)}>
              {point.title || t('value.unnamed')}
            </Link>
          </span>
          <span className="faint tabular">
            {point.due === null ? t('handover.no_day') : when(point.due)} · {name(point.to)}
          </span>
        </li>
      ))}
    </ul>
  );
}
