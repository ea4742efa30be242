import { useQueries } from '@tanstack/react-query';
import { useMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import { asText } from '@/fields/widget';

const MOST_NAMES = 500;

export type NameOf = (object: string, id: string | null) => string | undefined;

/** The names of records known by their ids, by object, as far as they may be seen. */
export function useNames(wanted: ReadonlyMap<string, readonly string[]>): NameOf {
  const { objects } = useMeta();
  const asked = [...wanted].flatMap(([name, ids]) => {
    const object = objects.find((one) => one.api_name === name);
    const known = [...new Set(ids)].sort().slice(0, MOST_NAMES);
    if (!object?.rights.read || known.length === 0) return [];
    return [{ name, shown: object.primary_field, known }];
  });
  const found = useQueries({
    queries: asked.map(({ name, shown, known }) => recordQuery(name, {
      select: [shown], where: { op: 'in', field: 'id', value: known }, page: { limit: MOST_NAMES },
    })),
  });
  return (object, id) => {
    const at = asked.findIndex(({ name }) => name === object);
    const record = found[at]?.data?.records.find((one) => one.id === id);
    return record && (asText(record.fields[asked[at]?.shown ?? '']) || undefined);
  };
}
