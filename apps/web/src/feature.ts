import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { NavigateFunction } from 'react-router';
import type { Meta } from '@/api/types';

/**
 * What a capability's web/index.ts exports as `feature`. The shell finds all of them by itself:
 * a new capability brings its pages, entries and actions without a change here.
 */
export type Feature = Readonly<{
  id: string;
  routes: readonly FeatureRoute[];
  /** Pages without the frame, for people who have not signed in. */
  open?: readonly FeatureRoute[];
  navigation?: readonly NavigationEntry[];
  commands?: readonly FeatureCommand[];
  /** Parts of "my account", beside password and sign-ins. */
  account?: readonly AccountPart[];
  /** What goes on beside every page and shows nothing itself. */
  beside?: Load;
}>;

type Load = () => Promise<{ default: ComponentType }>;

export type AccountPart = Readonly<{ key: string; label: string; load: Load }>;

export type FeatureRoute = Readonly<{
  path: string;
  load: Load;
}>;

export type NavigationEntry = Readonly<{
  path: string;
  label: string;
  icon: LucideIcon;
  /** The life cycle comes first, then the tools below it. */
  section: 'cycle' | 'tools';
  order: number;
  /** Also in the bottom bar of a phone; one entry stands out in its centre. */
  phone?: boolean | 'centre';
  /** What waits behind the entry, as a number on it. */
  badge?: Load;
  visible?: (meta: Meta) => boolean;
}>;

export type FeatureCommand = Readonly<{
  id: string;
  label: string;
  icon: LucideIcon;
  visible?: (meta: Meta) => boolean;
  perform: (navigate: NavigateFunction) => void;
}>;
