import type { Filter, ObjectMeta, SortKey } from '@/api/types';

/** What a saved view holds, beside its name: how the records of one object are looked at. */
export const VIEW_KINDS = [
  'grid', 'kanban', 'calendar', 'gantt', 'gallery', 'form', 'pivot', 'dashboard',
] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

export const SCOPES = ['personal', 'shared', 'locked'] as const;
export type ViewScope = (typeof SCOPES)[number];

export const BUCKETS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Bucket = (typeof BUCKETS)[number];

export const ROW_HEIGHTS = { short: 32, medium: 44, tall: 68 } as const;
export type RowHeight = keyof typeof ROW_HEIGHTS;

export const MEASURES = ['count', 'count_distinct', 'sum', 'avg', 'min', 'max', 'median'] as const;
export type MeasureFn = (typeof MEASURES)[number];

export type GroupKey = Readonly<{ field: string; bucket?: Bucket; dir?: 'asc' | 'desc' }>;
export type MeasureKey = Readonly<{ fn: MeasureFn; field?: string }>;

export const TILE_KINDS = [
  'metric', 'trend', 'bar', 'line', 'pie', 'funnel', 'scatter', 'table', 'text',
] as const;
export type TileKind = (typeof TILE_KINDS)[number];
export type Tile = Readonly<{
  id: string; kind: TileKind; title: string; measure?: MeasureKey; group?: GroupKey; text?: string;
  /** Scatter: what goes up; `measure` goes across. */
  up?: MeasureKey;
}>;

export type Definition = Readonly<{
  fields?: readonly string[];
  where?: Filter;
  sort?: readonly SortKey[];
  group?: readonly GroupKey[];
  aggregates?: Readonly<Record<string, MeasureFn>>;
  /** The select field whose option colours the rows. */
  colour?: string;
  height?: RowHeight;
  /** How many columns stay in place, the first one counted. */
  frozen?: number;
  widths?: Readonly<Record<string, number>>;
  /** Kanban: the field of the lanes, and what is added up in each. */
  lane?: string;
  sum?: string;
  /** Calendar and gantt: where a record begins and ends; gantt: what it waits for. */
  from?: string;
  to?: string;
  after?: string;
  /** Pivot. */
  rows?: readonly GroupKey[];
  columns?: readonly GroupKey[];
  measures?: readonly MeasureKey[];
  /** Dashboard. */
  tiles?: readonly Tile[];
}>;

export function isKind(text: unknown): text is ViewKind {
  return VIEW_KINDS.some((kind) => kind === text);
}

function parsed(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const CLEARED = 'none';

function sortOf(text: string): readonly SortKey[] {
  return text.split(',').filter((part) => part !== '' && part !== '-').map((part) => {
    const descending = part.startsWith('-');
    return { field: descending ? part.slice(1) : part, dir: descending ? 'desc' : 'asc' };
  });
}

/** What the URL says differently from the saved view. */
export function changesFromUrl(params: URLSearchParams): Definition {
  const rest = parsed(params.get('d'));
  const where = params.get('where');
  const filter = parsed(where);
  const sort = params.get('sort');
  return {
    ...(isRecord(rest) ? (rest as Definition) : {}),
    ...(where === CLEARED ? { where: undefined } : {}),
    ...(isRecord(filter) && typeof filter.op === 'string' ? { where: filter as Filter } : {}),
    ...(sort === null ? {} : { sort: sort === CLEARED ? [] : sortOf(sort) }),
  };
}

/** The same backwards: URL parameters that say `changes`. */
export function changesToUrl(changes: Definition): Readonly<Record<string, string | null>> {
  const { where, sort, ...rest } = changes;
  const sortText = sort?.map((key) => (key.dir === 'desc' ? `-${key.field}` : key.field)).join();
  return {
    where: !('where' in changes) ? null : where ? JSON.stringify(where) : CLEARED,
    sort: sortText === undefined ? null : sortText || CLEARED,
    d: Object.keys(rest).length === 0 ? null : JSON.stringify(rest),
  };
}

/** A definition as it was stored; what is no object is an empty one. */
export function definitionOf(value: unknown): Definition {
  return isRecord(value) ? (value as Definition) : {};
}

/** Leaves out what the object does not have (any more) or this person may not see. */
export function withoutUnknown(definition: Definition, object: ObjectMeta): Definition {
  const known = new Set(object.fields.map((field) => field.api_name));
  const keep = (name: string | undefined) => (
    name !== undefined && known.has(name) ? name : undefined
  );
  const groups = (keys: readonly GroupKey[] | undefined) =>
    keys?.filter((key) => known.has(key.field));
  return {
    ...definition,
    fields: definition.fields?.filter((name) => known.has(name)),
    sort: definition.sort?.filter((key) => known.has(key.field)),
    group: groups(definition.group),
    rows: groups(definition.rows),
    columns: groups(definition.columns),
    aggregates: definition.aggregates && Object.fromEntries(
      Object.entries(definition.aggregates).filter(([name]) => known.has(name)),
    ),
    measures: definition.measures?.filter((one) => !one.field || known.has(one.field)),
    colour: keep(definition.colour),
    lane: keep(definition.lane),
    sum: keep(definition.sum),
    from: keep(definition.from),
    to: keep(definition.to),
    after: keep(definition.after),
  };
}
