/** Exact decimal arithmetic on the strings of the API: no amount ever becomes a float. */
export type Decimal = Readonly<{ digits: bigint; scale: number }>;

const PATTERN = /^([+-]?)(\d+)(?:\.(\d+))?$/;

export function parseDecimal(text: string): Decimal | null {
  const match = PATTERN.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, scale: fraction.length };
}

/** Rounds half away from zero to the given number of places; only for display. */
export function roundTo(value: Decimal, places: number): Decimal {
  if (value.scale <= places) {
    return { digits: value.digits * 10n ** BigInt(places - value.scale), scale: places };
  }
  const divisor = 10n ** BigInt(value.scale - places);
  const negative = value.digits < 0n;
  const size = negative ? -value.digits : value.digits;
  const rounded = (size + divisor / 2n) / divisor;
  return { digits: negative ? -rounded : rounded, scale: places };
}

/** Divides by a power of ten by moving the point; exact. */
export function shiftLeft(value: Decimal, powerOfTen: number): Decimal {
  return { digits: value.digits, scale: value.scale + powerOfTen };
}

export function groupThousands(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

export function formatDecimal(value: Decimal): string {
  const negative = value.digits < 0n;
  const size = (negative ? -value.digits : value.digits).toString();
  const padded = size.padStart(value.scale + 1, '0');
  const whole = groupThousands(padded.slice(0, padded.length - value.scale));
  const fraction = value.scale === 0 ? '' : `.${padded.slice(padded.length - value.scale)}`;
  return (negative ? '-' : '') + whole + fraction;
}

/** With thousands, without zeros at the end; exact up to `places`. */
export function numberText(value: string | number, places = 6): string {
  const decimal = parseDecimal(String(value));
  if (!decimal) return String(value);
  const text = formatDecimal(decimal.scale > places ? roundTo(decimal, places) : decimal);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
