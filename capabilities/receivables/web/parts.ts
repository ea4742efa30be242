import { formatDecimal, parseDecimal, roundTo } from '@/lib/decimal';
import type { Decimal } from '@/lib/decimal';
import type { ClaimPart, OpenItem } from './claims-api';

const MONEY_PLACES = 2;

/** What somebody typed into the parts, by item; untouched ones are as suggested. */
export type Typed = Readonly<Record<string, string>>;

export function partText(item: OpenItem, typed: Typed): string {
  const suggested = parseDecimal(item.suggested);
  const empty = suggested === null || suggested.digits === 0n;
  return typed[item.id] ?? (empty ? '' : item.suggested);
}

function plain(value: Decimal): string {
  return formatDecimal(value).replaceAll(',', '');
}

function minus(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { digits: roundTo(left, scale).digits - roundTo(right, scale).digits, scale };
}

/** What is left of the payment; null where a part is no amount. */
export function advanceOf(
  unallocated: string, items: readonly OpenItem[], typed: Typed,
): string | null {
  let left = parseDecimal(unallocated);
  for (const item of items) {
    const text = partText(item, typed).trim();
    if (text === '') continue;
    const part = parseDecimal(text);
    if (part === null || left === null) return null;
    left = minus(left, part);
  }
  return left === null ? null : plain(roundTo(left, Math.max(left.scale, MONEY_PLACES)));
}

/** Whether a part takes more than is open, or is no amount. */
export function isWrong(item: OpenItem, text: string): boolean {
  if (text.trim() === '') return false;
  const part = parseDecimal(text);
  const open = parseDecimal(item.open);
  if (part === null || open === null) return true;
  return part.digits < 0n || minus(open, part).digits < 0n;
}

export function partsOf(items: readonly OpenItem[], typed: Typed): ClaimPart[] {
  return items.flatMap((item) => {
    const amount = partText(item, typed).trim();
    const value = parseDecimal(amount);
    if (value === null || value.digits === 0n) return [];
    return [item.kind === 'invoice'
      ? { invoice: item.id, amount }
      : { payment_node: item.id, contract: item.contract, amount }];
  });
}
