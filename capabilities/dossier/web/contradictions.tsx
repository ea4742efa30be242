import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { fieldOf, labelOf, useMeta, useObjectMeta } from '@/api/meta';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { LoadMore } from '@/records/load-more';
import { Definition } from '@/ui/definition';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import type { Contradiction, ContradictionsOf } from './checks-api';
import { contradictionsOf } from './checks-api';
import { PART_TEXTS, textKey } from './text-keys';
import styles from './checks.module.css';

type Props = Readonly<{
  of: ContradictionsOf;
  /** Where there is none, nothing is shown. */
  quiet?: boolean;
}>;

/** Checks by hand that facts contradicted later, both values beside each other. */
export default function Contradictions({ of, quiet = false }: Props) {
  const { t } = useText();
  const found = useInfiniteQuery(contradictionsOf(of));
  const rows = found.data?.pages.flatMap((page) => page.contradictions) ?? [];
  if (quiet && rows.length === 0) return null;
  return (
    <Panel
      title={(
        <>
          {t('dossier.contradictions')}
          <Definition of={t('dossier.contradictions')} text={t('dossier.contradictions_how')} />
        </>
      )}
    >
      {found.isPending && <TableSkeleton rows={3} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && (
        <p className="faint">{t('dossier.contradictions_none')}</p>
      )}
      <ul className={styles.contradictions}>
        {rows.map((one) => <Line key={one.id} one={one} named={of.account === undefined} />)}
      </ul>
      <LoadMore
        hasMore={found.hasNextPage} loading={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </Panel>
  );
}

function Line({ one, named }: Readonly<{ one: Contradiction; named: boolean }>) {
  const { t, language } = useText();
  const { workspace } = useMeta();
  const object = useObjectMeta(one.object);
  const field = object && fieldOf(object, one.field);
  const when = (at: string | null) => (
    at === null ? '' : formatDateTime(at, workspace.time_zone).slice(0, 10)
  );
  const value = (shown: unknown) => (
    field ? <FieldValue field={field} fields={{ [one.field]: shown }} /> : '—'
  );
  return (
    <li>
      <p className={styles.what}>
        {named && <Link to={`/accounts/${one.account.id}`}>{one.account.name}</Link>}
        <strong>
          {one.year !== null && `${String(one.year)} `}
          {field ? labelOf(field.label, language, one.field) : one.field}
        </strong>
        <span className="faint">{t(textKey(PART_TEXTS, one.part))}</span>
      </p>
      <p className={styles.values}>
        <s>{value(one.said)}</s>
        <span aria-hidden>→</span>
        <span className={styles.found}>{value(one.found)}</span>
      </p>
      <p className="faint tabular">
        {t('dossier.contradiction_by', {
          name: one.checked_by.name || t('dossier.somebody'), day: when(one.checked_at),
        })}
        {' · '}
        {t('dossier.contradiction_from', { source: one.source ?? '—', day: when(one.found_at) })}
        {one.effective_on !== null && (
          <>{' · '}{t('dossier.contradiction_since', { day: one.effective_on })}</>
        )}
      </p>
    </li>
  );
}
