import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { labelOf, useMeta, useObjectMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import type { FieldMeta, Filter, Value } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { formatDecimal, parseDecimal } from '@/lib/decimal';
import { exactAmount, formatMoney } from '@/lib/money';
import { recordPath } from '@/records/record-path';
import styles from './displays.module.css';
import { asText } from './widget';
import type { DisplayProps } from './widget';

export function TextDisplay({ value }: DisplayProps) {
  return <span className={styles.text}>{asText(value)}</span>;
}

export function LongTextDisplay({ value }: DisplayProps) {
  return <span className={styles.long}>{asText(value)}</span>;
}

export function NumberDisplay({ value, field }: DisplayProps) {
  const parsed = parseDecimal(asText(value));
  if (!parsed) return <span className="tabular">{asText(value)}</span>;
  const trimmed = field.type === 'integer' ? parsed : withoutTrailingZeros(parsed);
  return <span className="tabular">{formatDecimal(trimmed)}</span>;
}

function withoutTrailingZeros(value: { digits: bigint; scale: number }) {
  let { digits, scale } = value;
  while (scale > 0 && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  return { digits, scale };
}

export function PercentDisplay({ value }: DisplayProps) {
  const parsed = parseDecimal(asText(value));
  if (!parsed) return <span className="tabular">{asText(value)}</span>;
  const percent = formatDecimal(withoutTrailingZeros(parsed));
  return <span className="tabular">{percent}%</span>;
}

export function MoneyDisplay({ value }: DisplayProps) {
  const { workspace } = useMeta();
  const text = asText(value);
  const shown = formatMoney(text, workspace.currency, workspace.money_scale);
  return <span className="tabular" title={exactAmount(text, workspace.currency)}>{shown}</span>;
}

export function BooleanDisplay({ value }: DisplayProps) {
  const { t } = useText();
  return <span>{value === true ? t('value.yes') : t('value.no')}</span>;
}

export function DateDisplay({ value }: DisplayProps) {
  return <time className="tabular" dateTime={asText(value)}>{asText(value)}</time>;
}

export function DateTimeDisplay({ value }: DisplayProps) {
  const { workspace } = useMeta();
  const text = asText(value);
  return (
    <time className="tabular" dateTime={text}>{formatDateTime(text, workspace.time_zone)}</time>
  );
}

function OptionTag({ field, value }: Readonly<{ field: FieldMeta; value: Value }>) {
  const { language } = useText();
  const option = field.options?.find((candidate) => candidate.key === value);
  const label = option ? labelOf(option.label, language, option.key) : asText(value);
  return (
    <span className={styles.tag}>
      {option?.color && (
        <i className={styles.dot} style={{ background: `var(--tag-${option.color})` }} />
      )}
      {label}
    </span>
  );
}

export function SelectDisplay({ field, value }: DisplayProps) {
  return <OptionTag field={field} value={value} />;
}

export function MultiSelectDisplay({ field, value }: DisplayProps) {
  const values: readonly Value[] = Array.isArray(value) ? value : [value];
  return (
    <span className={styles.tags}>
      {values.map((one) => <OptionTag key={asText(one)} field={field} value={one} />)}
    </span>
  );
}

export function EmailDisplay({ value }: DisplayProps) {
  return <a href={`mailto:${asText(value)}`}>{asText(value)}</a>;
}

export function PhoneDisplay({ value }: DisplayProps) {
  return <a className="tabular" href={`tel:${asText(value)}`}>{asText(value)}</a>;
}

export function UrlDisplay({ value }: DisplayProps) {
  const text = asText(value);
  const href = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  return <a href={href} target="_blank" rel="noreferrer">{text}</a>;
}

export function LinkDisplay({ field, value, fields }: DisplayProps) {
  if (Array.isArray(value)) return <ManyLinks field={field} ids={value.map(asText)} />;
  const prefix = `${field.api_name}.`;
  const named = Object.entries(fields).find(([path]) => path.startsWith(prefix));
  const name = asText(named?.[1]) || asText(value);
  const target = field.type === 'link' ? field.target : field.type;
  if (target === undefined) return <span>{name}</span>;
  return <Link className="plain-link" to={recordPath(target, asText(value))}>{name}</Link>;
}

/** Several linked records: their names are asked for, as a path leads to one record only. */
function ManyLinks({ field, ids }: Readonly<{ field: FieldMeta; ids: readonly string[] }>) {
  const target = field.target ?? field.type;
  const shown = useObjectMeta(target)?.primary_field ?? 'name';
  const where: Filter = { op: 'in', field: 'id', value: ids };
  const found = useQuery(recordQuery(target, { select: [shown], where, page: { limit: 50 } }));
  return (
    <span className={styles.tags}>
      {(found.data?.records ?? []).map((record) => (
        <Link key={record.id} className={styles.tag} to={recordPath(target, record.id)}>
          {asText(record.fields[shown]) || record.id}
        </Link>
      ))}
    </span>
  );
}

export function RatingDisplay({ value }: DisplayProps) {
  const stars = Math.max(0, Math.min(5, Number(value) || 0));
  return (
    <span role="img" aria-label={`${stars}/5`} className={styles.stars}>
      {'★'.repeat(stars)}<span className={styles.starsOff}>{'★'.repeat(5 - stars)}</span>
    </span>
  );
}

export function JsonDisplay({ value }: DisplayProps) {
  return <code className={styles.code}>{JSON.stringify(value)}</code>;
}
