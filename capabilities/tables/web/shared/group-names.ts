import { useQueries } from '@tanstack/react-query';
import { fieldOf, useMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import type { ObjectMeta, Value } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { isLink } from '../cells/cell-text';
import { groupName } from '../grid/lines';
import type { GroupKey } from '../views/definition';
import { useCellContext } from './use-context';

const MOST_NAMES = 500;

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
  return (at, value) => {
    const field = fields[at];
    if (value === null || value === undefined || !field) return t('tables.empty_group');
    if (!isLink(field)) return groupName(field, value, context);
    const answer = found[links.findIndex((link) => link.at === at)];
    const record = answer?.data?.records.find(({ id }) => id === value);
    return record ? asText(Object.values(record.fields)[0]) || '…' : '…';
  };
}
