import {
  AtSign, Calendar, CalendarClock, CircleDot, Hash, LetterText, Link2, List, Percent, Phone, Sigma,
  Star, ToggleLeft, Type, UserRound, Wallet,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { NewField } from './structure-api';

type Kind = Readonly<{ type: NewField['type']; text: string; icon: LucideIcon }>;

/** The types that a person can choose for a new field. */
export const TYPES: readonly Kind[] = [
  { type: 'text', text: 'type.text', icon: Type },
  { type: 'long_text', text: 'type.long_text', icon: LetterText },
  { type: 'integer', text: 'type.integer', icon: Hash },
  { type: 'decimal', text: 'type.decimal', icon: Hash },
  { type: 'money', text: 'type.money', icon: Wallet },
  { type: 'percent', text: 'type.percent', icon: Percent },
  { type: 'select', text: 'type.select', icon: CircleDot },
  { type: 'multi_select', text: 'type.multi_select', icon: List },
  { type: 'date', text: 'type.date', icon: Calendar },
  { type: 'datetime', text: 'type.datetime', icon: CalendarClock },
  { type: 'boolean', text: 'type.boolean', icon: ToggleLeft },
  { type: 'link', text: 'type.link', icon: Link2 },
  { type: 'user', text: 'type.user', icon: UserRound },
  { type: 'email', text: 'type.email', icon: AtSign },
  { type: 'phone', text: 'type.phone', icon: Phone },
  { type: 'url', text: 'type.url', icon: Link2 },
  { type: 'rating', text: 'type.rating', icon: Star },
  { type: 'formula', text: 'type.formula', icon: Sigma },
];

export function typeText(type: string): string | undefined {
  return TYPES.find((kind) => kind.type === type)?.text;
}

export const OPTION_COLOURS = [
  'grey', 'blue', 'cyan', 'green', 'yellow', 'orange', 'red', 'purple',
] as const;
