import { objects, roles } from '../../schema.json';
import type { Option } from '@/api/types';
import { readRights } from './rights';
import type { RoleRights } from './rights';

export type ShippedRole = Readonly<{ key: string; label: Option['label']; rights: RoleRights }>;

const ADMINISTRATOR: RoleRights = { administrator: true, objects: {} };
const NOBODY: RoleRights = { administrator: false, objects: {} };

function shippedOptions(): readonly Option[] {
  const user = objects.find((object) => object.api_name === 'user');
  const field = user?.fields.find((one) => one.api_name === 'roles');
  return field && 'options' in field ? (field.options ?? []) : [];
}

/** The product's roles, from the same file that the server reads. */
export const SHIPPED: readonly ShippedRole[] = shippedOptions().map(({ key, label }) => {
  const given: Readonly<Record<string, unknown>> = roles;
  const rights = key === 'administrator' ? ADMINISTRATOR : readRights(given[key]) ?? NOBODY;
  return { key, label, rights };
});

export function shippedRole(key: string): ShippedRole | undefined {
  return SHIPPED.find((role) => role.key === key);
}
