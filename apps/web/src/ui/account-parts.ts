import { createContext } from 'react';
import type { ComponentType } from 'react';

/** What features add to "my account"; the frame knows them. */
export type AccountParts = readonly Readonly<{ key: string; label: string; Part: ComponentType }>[];

export const AccountPartsContext = createContext<AccountParts>([]);
