import {
  Banknote, FileSignature, MapPin, MessageSquareWarning, Table2, Target,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Meta, ObjectMeta } from '@/api/types';

/** As many nouns as the navigation shows below the life cycle. */
export const MOST_PINS = 8;

const ICONS: Readonly<Record<string, LucideIcon>> = {
  visit: MapPin, opportunity: Target, contract: FileSignature, payment: Banknote,
  complaint: MessageSquareWarning,
};

/** What a role of the product works with daily, in the order of the process. */
const ROLE_PINS: Readonly<Record<string, readonly string[]>> = {
  administrator: ['visit', 'opportunity', 'contract', 'payment', 'complaint'],
  executive: ['opportunity', 'contract', 'payment', 'complaint'],
  kam_director: ['visit', 'opportunity', 'contract', 'complaint'],
  kam: ['visit', 'opportunity', 'complaint'],
  sales_assistant: ['visit', 'contract', 'payment'],
  colleague: ['complaint'],
  operations: ['visit', 'opportunity', 'contract', 'payment'],
  finance: ['contract', 'payment'],
  auditor: ['contract', 'payment', 'complaint'],
};

/** For people whose roles are all of the company's own making. */
const OTHER_PINS = ['visit', 'opportunity', 'complaint'];

export function rolePins(roles: readonly string[]): readonly string[] {
  const known = roles.filter((role) => ROLE_PINS[role] !== undefined);
  if (known.length === 0) return OTHER_PINS;
  const wanted = new Set(known.flatMap((role) => ROLE_PINS[role] ?? []));
  return Object.keys(ICONS).filter((object) => wanted.has(object));
}

/** The objects that may be pinned: those that the person may read. */
export function readableNouns(meta: Pick<Meta, 'objects'>): readonly ObjectMeta[] {
  return meta.objects.filter((object) => object.rights.read);
}

/** The pinned objects in their order; what may not be read or is gone is left out. */
export function pinnedNouns(
  meta: Pick<Meta, 'objects'>, pins: readonly string[],
): readonly ObjectMeta[] {
  const readable = readableNouns(meta);
  return pins
    .flatMap((name) => readable.filter((object) => object.api_name === name))
    .slice(0, MOST_PINS);
}

export function nounIcon(object: string): LucideIcon {
  return ICONS[object] ?? Table2;
}
