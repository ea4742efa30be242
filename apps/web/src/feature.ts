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
}>;

export type FeatureRoute = Readonly<{
  path: string;
  load: () => Promise<{ default: ComponentType }>;
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
  visible?: (meta: Meta) => boolean;
}>;

export type FeatureCommand = Readonly<{
  id: string;
  label: string;
  icon: LucideIcon;
  visible?: (meta: Meta) => boolean;
  perform: (navigate: NavigateFunction) => void;
}>;
