import type { Filter } from '@/api/types';
import { complete, conditions } from '@/filter/filter-ops';

/**
 * What a role may do, in the form in which the server keeps it: a member per object, "*" for those
 * without one. Reading is strict, so that the editor never saves what it did not understand.
 */
export const LEVELS = [
  'none', 'own', 'team', 'department', 'department_and_below', 'all',
] as const;
export type Level = (typeof LEVELS)[number];
export const REACHES = ['read', 'update', 'delete', 'restore'] as const;
export type Reach = (typeof REACHES)[number];
export const FLAGS = [
  'create', 'share', 'export', 'import', 'bulk', 'personal', 'export_personal',
] as const;
export type Flag = (typeof FLAGS)[number];
export const FIELD_RIGHTS = ['none', 'read', 'edit'] as const;
export type FieldRight = (typeof FIELD_RIGHTS)[number];

export const OTHERS = '*';

/** Records beyond the reach: those that meet the filter. */
export type RowRule = Readonly<{ level: 'read' | 'edit'; where: Filter }>;
export const MOST_RULES = 10;

export type ObjectRights = Readonly<Record<Reach, Level>> & Readonly<Record<Flag, boolean>>
  & Readonly<{
    fields: Readonly<Record<string, FieldRight>> | null; rules: readonly RowRule[];
  }>;

export type RoleRights = Readonly<{
  administrator: boolean; objects: Readonly<Record<string, ObjectRights>>;
  /** Who holds it reads the audit log. */
  audit?: boolean;
}>;

export const NOTHING: ObjectRights = {
  read: 'none', update: 'none', delete: 'none', restore: 'none',
  create: false, share: false, export: false, import: false, bulk: false, personal: false,
  export_personal: false, fields: null, rules: [],
};

/** Changed by administrators alone, whatever a role says. */
const ADMINISTRATIVE: readonly string[] = ['user', 'department', 'role', 'deputy'];

export function isAdministrative(object: string): boolean {
  return ADMINISTRATIVE.includes(object);
}

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function oneOf<T extends string>(choices: readonly T[], value: unknown): value is T {
  return (choices as readonly unknown[]).includes(value);
}

function readFields(value: unknown): ObjectRights['fields'] | undefined {
  if (!isMembers(value)) return undefined;
  const fields: Record<string, FieldRight> = {};
  for (const [name, right] of Object.entries(value)) {
    if (!oneOf(FIELD_RIGHTS, right)) return undefined;
    fields[name] = right;
  }
  return fields;
}

function readRules(value: unknown): readonly RowRule[] | null {
  if (!Array.isArray(value)) return null;
  const rules: RowRule[] = [];
  for (const item of value as readonly unknown[]) {
    if (!isMembers(item)) return null;
    const { level, where, ...rest } = item;
    if (!oneOf(['read', 'edit'] as const, level) || Object.keys(rest).length > 0) return null;
    if (!isMembers(where) || typeof where.op !== 'string') return null;
    rules.push({ level, where: where as Filter });
  }
  return rules;
}

function readObject(value: unknown): ObjectRights | null {
  if (!isMembers(value)) return null;
  let rights = NOTHING;
  for (const [name, given] of Object.entries(value)) {
    if (oneOf(REACHES, name) && oneOf(LEVELS, given)) rights = { ...rights, [name]: given };
    else if (oneOf(FLAGS, name) && typeof given === 'boolean') {
      rights = { ...rights, [name]: given };
    } else if (name === 'fields') {
      const fields = readFields(given);
      if (fields === undefined) return null;
      rights = { ...rights, fields };
    } else if (name === 'rules') {
      const rules = readRules(given);
      if (rules === null) return null;
      rights = { ...rights, rules };
    } else return null;
  }
  return rights;
}

/** Null: not in a form that this page knows. */
export function readRights(given: unknown): RoleRights | null {
  let value = given;
  if (typeof given === 'string') {
    try {
      value = JSON.parse(given);
    } catch {
      return null;
    }
  }
  if (!isMembers(value)) return null;
  const { administrator = false, audit = false, objects = {}, ...rest } = value;
  if (typeof administrator !== 'boolean' || typeof audit !== 'boolean') return null;
  if (!isMembers(objects)) return null;
  if (Object.keys(rest).length > 0) return null;
  const read: Record<string, ObjectRights> = {};
  for (const [name, member] of Object.entries(objects)) {
    const rights = readObject(member);
    if (!rights) return null;
    read[name] = rights;
  }
  return audit ? { administrator, audit, objects: read } : { administrator, objects: read };
}

/** Whether it has a condition: without one it is still being written. */
export function isWhole(rule: RowRule): boolean {
  return conditions(complete(rule.where)) > 0;
}

/** What is saved: the draft without the rules that are still being written. */
export function writeRights(role: RoleRights): Members {
  const objects = Object.fromEntries(Object.entries(role.objects).map(([name, rights]) => (
    [name, { ...rights, rules: rights.rules.filter(isWhole) }]
  )));
  return draftOf({ ...role, objects });
}

/** The shortest form: what is not given is not written. */
export function draftOf(role: RoleRights): Members {
  const objects: Record<string, Members> = {};
  for (const [name, rights] of Object.entries(role.objects)) {
    const member: Record<string, unknown> = {};
    for (const reach of REACHES) if (rights[reach] !== 'none') member[reach] = rights[reach];
    for (const flag of FLAGS) if (rights[flag]) member[flag] = true;
    if (rights.fields) member.fields = rights.fields;
    if (rights.rules.length > 0) member.rules = rights.rules;
    objects[name] = member;
  }
  if (role.administrator) return { administrator: true, objects };
  return role.audit ? { audit: true, objects } : { objects };
}

export function rightsOf(role: RoleRights, object: string): ObjectRights {
  return role.objects[object] ?? role.objects[OTHERS] ?? NOTHING;
}

export function withRights(
  role: RoleRights, object: string, rights: ObjectRights | null,
): RoleRights {
  const { [object]: before, ...others } = role.objects;
  const objects = rights === null ? others : { ...others, [object]: rights };
  return before === undefined && rights === null ? role : { ...role, objects };
}

/** The same rights, with the audit log or without it. */
export function withAudit({ administrator, objects }: RoleRights, audit: boolean): RoleRights {
  return audit ? { administrator, audit, objects } : { administrator, objects };
}

/** The objects with rights of their own: in the order given, then those that are not known. */
export function setApart(role: RoleRights, order: readonly string[]): readonly string[] {
  const own = Object.keys(role.objects).filter((name) => name !== OTHERS);
  return [
    ...order.filter((name) => own.includes(name)),
    ...own.filter((name) => !order.includes(name)).sort(),
  ];
}

/** The right on a field without a choice of its own. */
export function otherFields(rights: ObjectRights): FieldRight {
  if (rights.fields) return rights.fields[OTHERS] ?? 'none';
  return rights.create || rights.update !== 'none' ? 'edit' : 'read';
}

export function fieldRight(rights: ObjectRights, field: string): FieldRight {
  if (rights.read === 'none') return 'none';
  return rights.fields?.[field] ?? otherFields(rights);
}

/** A field's own choice; null: as the others. Without choices there is no list of fields. */
export function withField(
  rights: ObjectRights, field: string, right: FieldRight | null,
): ObjectRights {
  const start = rights.fields ?? { [OTHERS]: otherFields(rights) };
  const fields = Object.fromEntries(Object.entries(start).filter(([name]) => name !== field));
  if (right !== null) fields[field] = right;
  return { ...rights, fields: Object.keys(fields).length === 0 ? null : fields };
}

const wider = (one: Level, other: Level): Level => (
  LEVELS.indexOf(one) >= LEVELS.indexOf(other) ? one : other
);

/** What one may do with an object who has all of the roles: they only add. */
export type Effective = Readonly<Record<Reach, Level>> & Readonly<Record<Flag, boolean>>;

type Target = Readonly<{ api_name: string; ownership: Readonly<{ kind: string }> }>;

/** Records that belong to nobody are reached all together or not at all. */
export function levelsFor(target: Pick<Target, 'ownership'> | null): readonly Level[] {
  return target?.ownership.kind === 'none' ? ['none', 'all'] : LEVELS;
}

export function levelFor(target: Pick<Target, 'ownership'> | null, level: Level): Level {
  return target?.ownership.kind === 'none' && level !== 'none' ? 'all' : level;
}

export function effective(roles: readonly RoleRights[], target: Target): Effective {
  let sum: Effective = NOTHING;
  for (const role of roles) {
    const rights = role.administrator ? null : rightsOf(role, target.api_name);
    for (const reach of REACHES) {
      const level = rights ? levelFor(target, rights[reach]) : 'all';
      sum = { ...sum, [reach]: wider(sum[reach], level) };
    }
    for (const flag of FLAGS) sum = { ...sum, [flag]: sum[flag] || !rights || rights[flag] };
  }
  const restricted = isAdministrative(target.api_name)
    && !roles.some((role) => role.administrator);
  if (!restricted) return sum;
  return {
    ...sum, update: 'none', delete: 'none', restore: 'none', create: false, share: false,
    import: false, bulk: false,
  };
}

export function effectiveField(
  roles: readonly RoleRights[], object: string, field: string,
): FieldRight {
  if (roles.some((role) => role.administrator)) return 'edit';
  const given = roles.map((role) => (
    FIELD_RIGHTS.indexOf(fieldRight(rightsOf(role, object), field))
  ));
  const widest = FIELD_RIGHTS[Math.max(0, ...given)] ?? 'none';
  return isAdministrative(object) && widest === 'edit' ? 'read' : widest;
}

export type Doubt = 'beyond_read' | 'unseen';

/** What of an object's rights can have no effect, by the part that is to blame. */
export function doubtsOf(rights: ObjectRights): Readonly<Partial<Record<Reach | Flag, Doubt>>> {
  const doubts: Partial<Record<Reach | Flag, Doubt>> = {};
  const unseen = rights.read === 'none';
  for (const reach of REACHES) {
    if (reach === 'read' || rights[reach] === 'none') continue;
    if (unseen) doubts[reach] = 'unseen';
    else if (wider(rights.read, rights[reach]) !== rights.read) doubts[reach] = 'beyond_read';
  }
  for (const flag of FLAGS) if (unseen && rights[flag]) doubts[flag] = 'unseen';
  return doubts;
}

export type RuleDoubt = 'unwritten' | 'without_read' | 'without_update';

/** Why a rule is not saved or would be refused: it only widens a reach that is there. */
export function doubtOf(rule: RowRule, rights: ObjectRights): RuleDoubt | null {
  if (!isWhole(rule)) return 'unwritten';
  if (rights.read === 'none') return 'without_read';
  return rule.level === 'edit' && rights.update === 'none' ? 'without_update' : null;
}

export function sameRights(one: RoleRights, other: RoleRights): boolean {
  const text = (role: RoleRights) => JSON.stringify(
    Object.entries(writeRights(role).objects as Members)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
  return one.administrator === other.administrator
    && (one.audit ?? false) === (other.audit ?? false) && text(one) === text(other);
}
