import type { Value } from '@/api/types';

/** A list of field names as a json field keeps it, or its text. */
export function fieldNames(value: Value | undefined): string[] {
  const listed: unknown = typeof value === 'string' ? parsed(value) : value;
  if (!Array.isArray(listed)) return [];
  return listed.filter((one): one is string => typeof one === 'string');
}

/** Null says that the product's own list holds. */
export function writtenNames(names: readonly string[]): Value {
  return names.length === 0 ? null : [...names];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
