import {
  Banknote, CheckSquare, FileText, Handshake, MapPin, MessageSquare, PencilLine, ShoppingCart,
  Target, TriangleAlert,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Link } from 'react-router';
import { fieldOf, labelOf, useMeta, useObjectMeta } from '@/api/meta';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { recordPath } from '@/records/record-path';
import { Amount } from '@/ui/money';
import type { TimelineEntry } from './dossier-api';
import {
  amountOf, changesOf, detailOf, enteredOf, fieldsOf, reasonOf, titleOf,
} from './entry-text';
import { KIND_TEXTS, textKey } from './text-keys';
import styles from './dossier.module.css';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  visit: MapPin, complaint: TriangleAlert, order: ShoppingCart, payment: Banknote,
  contract: FileText, opportunity: Target, promise: Handshake, task: CheckSquare,
  comment: MessageSquare, change: PencilLine,
};
const DATED = new Set(['payment', 'contract', 'promise']);

/** One thing that happened, with the record behind it. */
export function Entry({ entry }: Readonly<{ entry: TimelineEntry }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const Icon = ICONS[entry.kind] ?? PencilLine;
  const when = formatDateTime(entry.at, workspace.time_zone);
  const title = titleOf(entry);
  const amount = amountOf(entry);
  const detail = detailOf(entry);
  const entered = enteredOf(entry);
  return (
    <li className={styles.entry}>
      <Icon size={15} aria-hidden className={styles.entryIcon} />
      <div className={styles.entryBody}>
        <div className={styles.entryHead}>
          <span className={styles.entryKind}>{t(textKey(KIND_TEXTS, entry.kind))}</span>
          {entry.kind === 'change' ? null : (
            <Link to={recordPath(entry.kind, entry.id)}>{title || t('dossier.open')}</Link>
          )}
          {amount !== '' && <Amount value={amount} unit="one" />}
          <State entry={entry} />
          <time dateTime={entry.at} className={styles.entryWhen}>
            {DATED.has(entry.kind) ? when.slice(0, 10) : when}
          </time>
        </div>
        {detail !== '' && <p className={styles.entryText}>{detail}</p>}
        {entered && <p className={styles.entryText}>{t('entering.entered', entered)}</p>}
        {entry.kind === 'change' && <Changes entry={entry} />}
      </div>
    </li>
  );
}

const STATES: Readonly<Record<string, string>> = {
  complaint: 'severity', opportunity: 'stage', order: 'status', contract: 'state',
};

function State({ entry }: Readonly<{ entry: TimelineEntry }>) {
  const object = useObjectMeta(entry.kind);
  const name = STATES[entry.kind];
  const field = object && name !== undefined ? fieldOf(object, name) : undefined;
  if (!field) return null;
  return <FieldValue field={field} fields={fieldsOf(entry)} emptyText="" />;
}

function Changes({ entry }: Readonly<{ entry: TimelineEntry }>) {
  const { t, language } = useText();
  const object = useObjectMeta('account');
  const reason = reasonOf(entry);
  if (!object) return null;
  return (
    <div className={styles.entryText}>
      {changesOf(entry).map((change) => {
        const field = fieldOf(object, change.field);
        if (!field) return null;
        return (
          <div key={change.field}>
            <span className="faint">{labelOf(field.label, language, change.field)} </span>
            <FieldValue field={field} fields={{ [change.field]: change.from }} />
            {' → '}
            <FieldValue field={field} fields={{ [change.field]: change.to }} />
          </div>
        );
      })}
      {reason !== '' && <div className="faint">{t('history.reason', { text: reason })}</div>}
    </div>
  );
}
