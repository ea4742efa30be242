import { isLink } from '@/api/meta';
import { api } from '@/api/client';
import { linkPath } from '@/api/records';
import type { FieldMeta, Fields, QueryAnswer } from '@/api/types';
import { asText } from '@/fields/widget';
import type { Block } from '../cells/clipboard';
import type { GridEnvironment } from './environment';

const NAMES_AT_ONCE = 250;

type Found = Readonly<{ id: string; names: Fields }>;

function key(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

async function idsOf(
  target: string, shown: string, names: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = new Map<string, readonly string[]>();
  for (let at = 0; at < names.length; at += NAMES_AT_ONCE) {
    const answer = await api.ask<QueryAnswer>(`/records/${target}/query`, {
      select: [shown], page: { limit: NAMES_AT_ONCE * 2 },
      where: { op: 'in', field: shown, value: names.slice(at, at + NAMES_AT_ONCE) },
    });
    for (const record of answer.records) {
      const name = key(asText(record.fields[shown]));
      ids.set(name, [...(ids.get(name) ?? []), record.id]);
    }
  }
  return ids;
}

/**
 * Looks up the linked records that a pasted block names. The answer tells for a name which record
 * it is, or the key of the text that says why there is none.
 */
export async function namesToIds(
  env: GridEnvironment, fields: readonly FieldMeta[], block: Block,
): Promise<(field: FieldMeta, name: string) => Found | string> {
  const found = new Map<FieldMeta, ReadonlyMap<string, readonly string[]>>();
  for (const [at, field] of fields.entries()) {
    const path = isLink(field) ? linkPath(field, env.context.objects) : null;
    if (path === null) continue;
    const names = new Set(block.map((row) => row[at]?.trim() ?? '').filter((name) => name !== ''));
    const shown = path.slice(field.api_name.length + 1);
    const target = field.type === 'link' ? field.target ?? '' : field.type;
    found.set(field, await idsOf(target, shown, [...names]));
  }
  return (field, name) => {
    const ids = found.get(field)?.get(key(name)) ?? [];
    const [id] = ids;
    if (id === undefined) return 'cell.no_record';
    if (ids.length > 1) return 'cell.many_records';
    return { id, names: { [linkPath(field, env.context.objects) ?? '']: name } };
  };
}
