import type { components } from './schema';

/**
 * The wire format by short names. `schema.d.ts` is written from docs/openapi.json before every
 * type check and build, so a page that misreads the API does not compile.
 */
type Schemas = components['schemas'];

export type Labels = Schemas['Labels'];
export type FieldMeta = Schemas['FieldMeta'];
export type FieldType = FieldMeta['type'];
export type Option = NonNullable<FieldMeta['options']>[number];
export type ObjectMeta = Schemas['ObjectMeta'];
export type Right = keyof Schemas['Rights'];
export type User = Schemas['User'];
export type Session = Schemas['Session'];
export type Meta = Schemas['Meta'];
export type Workspace = Meta['workspace'];

export type Value = unknown;
export type Fields = Schemas['Fields'];
export type RecordRow = Schemas['Record'];

export type Filter = Schemas['Filter'];
export type FilterOp = Filter['op'];
export type Query = Schemas['Query'];
export type SortKey = NonNullable<Query['sort']>[number];
export type Page = Schemas['Page'];
export type QueryAnswer = Schemas['QueryAnswer'];
export type HistoryEntry = Schemas['HistoryEntry'];

/** Every member is checked when it is read: a proxy may have answered instead of the server. */
export type ProblemBody = Partial<Schemas['Problem']>;
export type FieldError = Partial<Schemas['Problem']['errors'][number]>
  & Readonly<{ code: string; message: string }>;

export type SearchHit = Readonly<{
  object: string; id: string; title: string; match: string;
  highlights: readonly Readonly<{ field: string; before: string; match: string; after: string }>[];
}>;
export type SearchAnswer = Readonly<{ hits: readonly SearchHit[]; truncated: boolean }>;
