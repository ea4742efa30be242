import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fieldOf, isLink, useMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import type { FieldMeta, ObjectMeta, Value } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { cellText } from '../cells/cell-text';
import type { CellContext } from '../cells/cell-text';
import type { GroupKey } from '../views/definition';
import { useCellContext } from './use-context';

const MOST_NAMES = 500;

/** A value as text; a bucket of days ("2026-11") is shown as it is. */
function groupName(field: FieldMeta, key: Value, context: CellContext): string {
  if (field.type === 'date' || field.type === 'datetime') return asText(key);
  return cellText(field, { [field.api_name]: key }, context);
}

/** Turns the values of groups into text; linked records are shown by name. */
export function useGroupNames(
  object: ObjectMeta, keys: readonly GroupKey[], groups: readonly (readonly Value[])[],
): (at: number, value: Value) => string {
  const { t } = useText();
  const { objects } = useMeta();
  const context = useCellContext();
  const fields = keys.map((key) => fieldOf(object, key.field));
  const links = fields.flatMap((field, at) => (field && isLink(field) ? [{ field, at }] : []));
  const found = useQueries({
    queries: links.map(({ field, at }) => {
      const target = field.type === 'link' ? field.target ?? '' : field.type;
      const shown = objects.find((one) => one.api_name === target)?.primary_field ?? 'name';
      const ids = [...new Set(groups.map((group) => group[at]))]
        .filter((id): id is string => typeof id === 'string').slice(0, MOST_NAMES);
      return {
        ...recordQuery(target, {
          select: [shown], where: { op: 'in', field: 'id', value: ids },
          page: { limit: MOST_NAMES },
        }),
        enabled: ids.length > 0,
      };
    }),
  });
  const written = JSON.stringify(links.map(({ at }, place) => [at, Object.fromEntries(
    (found[place]?.data?.records ?? []).map(
      ({ id, fields: named }) => [id, asText(Object.values(named)[0])],
    ),
  )]));
  const fieldNames = keys.map((key) => key.field).join();
  return useMemo(() => {
    const linked = new Map(JSON.parse(written) as [number, Record<string, string>][]);
    const named = fieldNames.split(',').map((name) => fieldOf(object, name));
    return (at: number, value: Value) => {
      const field = named[at];
      if (value === null || value === undefined || !field) return t('tables.empty_group');
      if (isLink(field)) return linked.get(at)?.[asText(value)] || '…';
      return groupName(field, value, context) || t('tables.empty_group');
    };
  }, [object, fieldNames, written, context, t]);
}
