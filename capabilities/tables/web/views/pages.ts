import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { ObjectMeta } from '@/api/types';
import type { ViewKind } from './definition';
import type { OpenView } from './use-view';

export type ViewProps = Readonly<{
  object: ObjectMeta; view: OpenView; onOpen: (id: string, history?: string) => void;
}>;

/** Every kind of view is loaded when it is opened. */
export const VIEW_PAGES: Readonly<Record<ViewKind, ComponentType<ViewProps>>> = {
  grid: lazy(() => import('../grid/grid-view')),
  kanban: lazy(() => import('../kanban/kanban')),
  calendar: lazy(() => import('../calendar/calendar')),
  gantt: lazy(() => import('../gantt/gantt')),
  gallery: lazy(() => import('../gallery/gallery')),
  form: lazy(() => import('../form/form')),
  pivot: lazy(() => import('../pivot/pivot')),
  dashboard: lazy(() => import('../dashboard/dashboard')),
};
