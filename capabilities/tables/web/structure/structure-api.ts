import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import type { FieldMeta, Labels, ObjectMeta } from '@/api/types';

type Schemas = components['schemas'];

/** What somebody wants of a field; what is left out stays as it is. */
export type FieldWish = Omit<Schemas['FieldPatch'], 'label' | 'options'>
  & Partial<Pick<FieldMeta, 'label' | 'options'>>;
export type NewField = FieldWish & Pick<FieldMeta, 'label'>
  & Pick<Schemas['FieldWish'], 'api_name' | 'type'>;
export type NewObject = Schemas['ObjectWish'];
export type Impact = Schemas['Impact'];
type Tried = Readonly<{ impact?: Impact }>;

const objectPath = (object: string) => `/meta/objects/${object}`;
const fieldPath = (object: string, field: string) => `/meta/objects/${object}/fields/${field}`;

export function createObject(wish: NewObject): Promise<unknown> {
  return api.post('/meta/objects', wish);
}

export function renameObject(object: string, label: Labels): Promise<unknown> {
  return api.patch(objectPath(object), { label });
}

export function createField(object: string, wish: NewField): Promise<unknown> {
  return api.post(`${objectPath(object)}/fields`, wish);
}

export type Changed = Readonly<{ job?: string }>;

export function changeField(object: string, field: string, wish: FieldWish): Promise<Changed> {
  return api.patch<Changed>(fieldPath(object, field), wish);
}

/** What a change would touch; nothing is changed. */
export async function tryField(
  object: string, field: string, wish: FieldWish,
): Promise<Impact | undefined> {
  return (await api.patch<Tried>(fieldPath(object, field), { ...wish, dry_run: true })).impact;
}

export async function tryDelete(object: string, field: string | null): Promise<Impact | undefined> {
  const path = field === null ? objectPath(object) : fieldPath(object, field);
  return (await api.remove<Tried | undefined>(path, { dry_run: true }))?.impact;
}

export function deleteDefinition(object: string, field: string | null): Promise<undefined> {
  return api.remove(field === null ? objectPath(object) : fieldPath(object, field));
}

export function restoreDefinition(object: string, field: string | null): Promise<unknown> {
  const path = field === null ? objectPath(object) : fieldPath(object, field);
  return api.post(`${path}/restore`);
}

type Resting = Readonly<{
  api_name: string; object?: string; label?: Labels; restorable_until: string;
}>;
export type Deleted = Readonly<{ objects: readonly Resting[]; fields: readonly Resting[] }>;

export const deletedQuery = queryOptions({
  queryKey: ['meta', 'deleted'],
  queryFn: () => api.get<Deleted>('/meta/deleted'),
});

const NAME_LENGTH = 8;

/** A name for programs: from the English label where there is one, else made up. */
export function apiNameOf(label: Labels, prefix: string): string {
  const words = label.en.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '').slice(0, 40);
  if (/^[a-z](_?[a-z0-9])*$/.test(words)) return words;
  const bytes = crypto.getRandomValues(new Uint8Array(NAME_LENGTH));
  return `${prefix}_${Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')}`;
}

/** What differs between a field and a wish for it. */
export function differences(field: FieldMeta, wish: FieldWish): FieldWish {
  const present = field as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(wish).filter(([name, value]) => (
    value !== undefined && JSON.stringify(present[name] ?? null) !== JSON.stringify(value)
  )));
}

export function isCustom(object: ObjectMeta): boolean {
  return object.origin === 'custom';
}
