import { useQuery } from '@tanstack/react-query';
import { History as HistoryIcon } from 'lucide-react';
import { fieldOf, labelOf, useMeta } from '@/api/meta';
import { recordHistory } from '@/api/records';
import type { HistoryEntry, ObjectMeta } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import styles from './records.module.css';

const OPERATIONS: Readonly<Record<string, string>> = {
  create: 'history.create', update: 'history.update', delete: 'history.delete',
  restore: 'history.restore', share: 'history.share',
};
const ACTORS: Readonly<Record<string, string>> = {
  user: 'history.by_user', automation: 'history.by_automation', import: 'history.by_import',
  system: 'history.by_system',
};

type Props = Readonly<{
  object: ObjectMeta; id: string;
  /** Only the changes of this field. */
  field?: string;
}>;

/** Who changed what and when, newest first as the server sends it. */
export function History({ object, id, field }: Props) {
  const { t } = useText();
  const found = useQuery(recordHistory(object.api_name, id));
  if (found.isPending) return <TableSkeleton rows={5} columns={2} />;
  if (found.isError) {
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  }
  const entries = found.data.entries.filter((entry) => (
    field === undefined || entry.changes.some((change) => change.field === field)
  ));
  if (entries.length === 0) {
    return <Notice icon={HistoryIcon} title={t('history.empty')} />;
  }
  return (
    <Panel>
      <ul className={styles.history}>
        {entries.map((entry) => (
          <Entry
            key={entry.seq ?? `${entry.op} ${entry.at}`} object={object} entry={entry} only={field}
          />
        ))}
      </ul>
    </Panel>
  );
}

function Entry({ object, entry, only }: Readonly<{
  object: ObjectMeta; entry: HistoryEntry; only: string | undefined;
}>) {
  const { t, language } = useText();
  const { workspace } = useMeta();
  const actor = entry.actor.name ?? t(ACTORS[entry.actor.kind] ?? 'history.by_system');
  return (
    <li className={styles.entry}>
      <time className={styles.entryWhen} dateTime={entry.at}>
        {formatDateTime(entry.at, workspace.time_zone)}
      </time>
      <div>
        <div><b>{actor}</b> {t(OPERATIONS[entry.op] ?? 'history.update')}</div>
        {entry.changes.map((change) => {
          const field = fieldOf(object, change.field);
          if (!field || (only !== undefined && only !== change.field)) return null;
          const name = field.api_name;
          return (
            <div className={styles.change} key={name}>
              <span className="faint">{labelOf(field.label, language, name)}</span>
              <span className={styles.old}>
                <FieldValue field={field} fields={{ [name]: change.from }} />
              </span>
              <span aria-hidden>→</span>
              <FieldValue field={field} fields={{ [name]: change.to }} />
            </div>
          );
        })}
        {entry.reason && <div className="faint">{t('history.reason', { text: entry.reason })}</div>}
      </div>
    </li>
  );
}
