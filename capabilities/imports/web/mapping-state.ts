import type { FieldMeta, Labels, ObjectMeta } from '@/api/types';
import { isWritable } from '@/fields/writable';
import type { ImportColumn, ImportJob, ImportPlan, Mapping, Missing } from '@/imports/import-api';

export type ColumnChoice = Readonly<{ field: string; link_by?: string; missing?: Missing }>;
export type TaxAnswer = 'unknown' | 'exclusive' | 'inclusive';

/** What the person has chosen so far; kept over a reload. */
export type MappingState = Readonly<{
  object: string;
  mode: 'create' | 'upsert';
  match: readonly string[];
  columns: Readonly<Record<string, ColumnChoice | null>>;
  tax: TaxAnswer | null;
  taxRate: string | null;
}>;

const SALES_OBJECT = 'order_line';

export function linkTarget(field: FieldMeta | undefined): string | null {
  if (!field) return null;
  if (field.type === 'link') return field.target ?? null;
  return field.type === 'user' || field.type === 'department' ? field.type : null;
}

/** The keys by which a linked record can be found: its unique fields, then its name. */
export function linkKeys(target: ObjectMeta): readonly FieldMeta[] {
  const unique = target.fields.filter((field) => field.unique);
  const primary = target.fields.filter(
    (field) => field.api_name === target.primary_field && !field.unique,
  );
  return [...unique, ...primary];
}

export function choiceFor(
  field: string, object: ObjectMeta, objects: readonly ObjectMeta[],
): ColumnChoice {
  const meta = object.fields.find((one) => one.api_name === field);
  const target = objects.find((one) => one.api_name === linkTarget(meta));
  if (!target) return { field };
  const [key] = linkKeys(target);
  const missing: Missing = target.rights.create && target.api_name !== 'user' ? 'create' : 'error';
  return { field, link_by: key?.api_name ?? target.primary_field, missing };
}

export function isKnownField(
  field: string, object: ObjectMeta, objects: readonly ObjectMeta[],
): boolean {
  const [head = '', tail] = field.split('.');
  const meta = object.fields.find((one) => one.api_name === head);
  if (!meta || tail === undefined) return meta !== undefined;
  const target = objects.find((one) => one.api_name === linkTarget(meta));
  return target?.fields.some((one) => one.api_name === tail) ?? false;
}

/** The suggestions of the server for this object, each field used once. */
export function suggestedColumns(
  columns: readonly ImportColumn[], object: ObjectMeta, objects: readonly ObjectMeta[],
): Readonly<Record<string, ColumnChoice | null>> {
  const taken = new Set<string>();
  return Object.fromEntries(columns.map((column) => {
    const field = column.suggested_field;
    if (!field || taken.has(field) || !isKnownField(field, object, objects)) {
      return [column.name, null];
    }
    taken.add(field);
    return [column.name, choiceFor(field, object, objects)];
  }));
}

/** `asked`: the table from which the person came. */
export function firstState(
  job: ImportJob, objects: readonly ObjectMeta[], asked: string | null = null,
): MappingState {
  // Before the first check the server has no plan, or an empty one.
  const plan = job.plan?.mapping?.length ? job.plan : null;
  const wanted = plan?.object || job.object || asked || SALES_OBJECT;
  const importable = objects.filter((object) => object.rights.import);
  const object = importable.find((one) => one.api_name === wanted) ?? importable[0];
  const columns = job.columns ?? [];
  if (plan && object) {
    const chosen = new Map((plan.mapping ?? []).map((one) => [one.column, one]));
    const kept = columns.map((column) => {
      const one = chosen.get(column.name);
      return [column.name, one
        ? { field: one.field, link_by: one.link_by, missing: one.missing } : null] as const;
    });
    return {
      object: object.api_name, mode: plan.mode, match: plan.match ?? [],
      columns: Object.fromEntries(kept),
      tax: (plan.defaults?.tax_basis as TaxAnswer | undefined) ?? 'unknown',
      taxRate: plan.defaults?.tax_rate ?? null,
    };
  }
  return {
    object: object?.api_name ?? '', mode: 'create', match: [], tax: null, taxRate: null,
    columns: object ? suggestedColumns(columns, object, objects) : {},
  };
}

/** The import asks for the tax basis unless the file itself says it. */
export function asksForTax(state: MappingState): boolean {
  if (state.object !== SALES_OBJECT) return false;
  return !Object.values(state.columns).some((choice) => choice?.field === 'tax_basis');
}

export function planOf(state: MappingState): ImportPlan {
  const mapping = Object.entries(state.columns).flatMap(([column, choice]): Mapping[] => (
    choice ? [{ column, ...choice }] : []
  ));
  const taxed = asksForTax(state) && state.tax !== null && state.tax !== 'unknown';
  const hasRate = mapping.some((one) => one.field === 'tax_rate');
  const defaults = taxed ? {
    tax_basis: state.tax,
    ...(state.taxRate && !hasRate ? { tax_rate: state.taxRate } : {}),
  } : undefined;
  return {
    object: state.object, mode: state.mode, mapping, automations: 'off', defaults,
    match: state.mode === 'upsert' ? state.match : undefined,
  };
}

export type FieldGroup = Readonly<{
  label: Labels; via: FieldMeta | null; fields: readonly FieldMeta[];
}>;

function writable(field: FieldMeta): boolean {
  return isWritable(field)
    && !['formula', 'rollup', 'lookup', 'attachment', 'json'].includes(field.type);
}

/** Everything that a column can become: the object's fields, then those of linked records. */
export function fieldGroups(
  object: ObjectMeta, objects: readonly ObjectMeta[],
): readonly FieldGroup[] {
  const own = object.fields.filter(writable);
  const linked = own.flatMap((via): FieldGroup[] => {
    const target = objects.find((one) => one.api_name === linkTarget(via));
    if (!target || target.api_name === 'user') return [];
    return [{ label: via.label, via, fields: target.fields.filter(writable) }];
  });
  return [{ label: object.label, via: null, fields: own }, ...linked];
}
