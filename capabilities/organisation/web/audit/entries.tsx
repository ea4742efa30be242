import { ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { labelOf, useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { recordPath } from '@/records/record-path';
import { useNames } from '@/records/use-names';
import { useUrlState } from '@/ui/url-state';
import type { AuditEntry } from './audit-api';
import { actorText, changesOf, detailText, KIND_KEYS, wantedNames } from './audit-text';
import type { AuditWords } from './audit-text';
import styles from './audit.module.css';

/** Entries newest first; one of them may stand open. */
export function Entries({ entries }: Readonly<{ entries: readonly AuditEntry[] }>) {
  const { t, language } = useText();
  const meta = useMeta();
  const nameOf = useNames(useMemo(() => wantedNames(entries), [entries]));
  const words: AuditWords = { t, language, meta, nameOf };
  return (
    <ol className={styles.entries}>
      {entries.map((entry) => <Entry key={entry.seq} entry={entry} words={words} />)}
    </ol>
  );
}

const ALARMING: readonly string[] = ['sign_in_failed'];
const WEIGHTY: readonly string[] = [
  'rights_changed', 'export', 'personal_read', 'second_factor_changed',
];

function toneOf({ kind }: AuditEntry): string {
  if (ALARMING.includes(kind)) return 'danger';
  return WEIGHTY.includes(kind) ? 'weighty' : 'calm';
}

function Entry({ entry, words }: Readonly<{ entry: AuditEntry; words: AuditWords }>) {
  const { t, meta } = words;
  const [params, change] = useUrlState();
  const open = params.get('entry') === entry.seq;
  const detail = detailText(entry, words);
  return (
    <li className={styles.entry}>
      <button
        type="button" className={styles.head} aria-expanded={open}
        onClick={() => {
          change({ entry: open ? null : entry.seq }, { replace: true });
        }}
      >
        <ChevronRight className={open ? styles.turned : styles.turn} size={14} aria-hidden />
        <time className={styles.when} dateTime={entry.at}>
          {formatDateTime(entry.at, meta.workspace.time_zone)}
        </time>
        <span className={styles.mark} data-tone={toneOf(entry)}>{t(KIND_KEYS[entry.kind])}</span>
        <span className={styles.who}>{actorText(entry, words)}</span>
        <span className={styles.what}>
          <Subject entry={entry} words={words} />
          {detail !== '' && <span className="faint"> {detail}</span>}
        </span>
      </button>
      {open && <Opened entry={entry} words={words} />}
    </li>
  );
}

function subjectOf(entry: AuditEntry, { language, meta, nameOf }: AuditWords) {
  const { object, record, kind } = entry;
  if (object === null) return null;
  const known = meta.objects.find((one) => one.api_name === object);
  const label = known ? labelOf(known.label, language, object) : '';
  const name = record === null || kind === 'export' ? undefined : nameOf(object, record);
  const path = name === undefined || record === null ? null : recordPath(object, record);
  return { label, name, path };
}

function Subject({ entry, words }: Readonly<{ entry: AuditEntry; words: AuditWords }>) {
  const subject = subjectOf(entry, words);
  if (!subject) return null;
  // That somebody came in is about the same person who did it.
  if (entry.record !== null && entry.record === entry.actor.id) return null;
  return <>{[subject.label, subject.name].filter((part) => part).join(' ')}</>;
}

function Opened({ entry, words }: Readonly<{ entry: AuditEntry; words: AuditWords }>) {
  const { t } = words;
  const { address, client, request } = entry.origin;
  const subject = subjectOf(entry, words);
  const failed = entry.kind === 'sign_in_failed';
  const { reason } = entry.details;
  const lines = [
    [t('audit.from'), address], [t('audit.client'), clientText(client, words)],
    [t('audit.request'), request],
    [t('audit.reason'), typeof reason === 'string' && !failed ? reason : ''],
  ].filter(([, text]) => text !== '');
  return (
    <div className={styles.opened}>
      {changesOf(entry, words).map(({ label, from, to }) => (
        <div className={styles.change} key={label}>
          <span className="faint">{label}</span>
          <span className={styles.old}>{from}</span>
          <span aria-hidden>→</span>
          <span>{to}</span>
        </div>
      ))}
      <dl className={styles.facts}>
        {lines.map(([label, text]) => (
          <div key={label}><dt>{label}</dt><dd>{text}</dd></div>
        ))}
        <div>
          <dt>{t('audit.code', { n: entry.seq })}</dt>
          <dd><code className={styles.code}>{entry.code}</code></dd>
        </div>
      </dl>
      {subject?.path && (
        <Link to={subject.path}>{t('audit.open', { name: subject.name ?? '' })}</Link>
      )}
    </div>
  );
}

function clientText(client: string, { t }: AuditWords): string {
  if (client === 'web') return t('audit.by_browser');
  return client.startsWith('token:') ? t('audit.by_token', { id: client.slice(6) }) : client;
}
