import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { ObjectMeta } from '@/api/types';
import type { ViewKind } from './definition';
import type { OpenView } from './use-view';

export type ViewProps = Readonly<{
  object: ObjectMeta; view: OpenView; onOpen: (id: string, history?: string) => void;
}>;

const grid = lazy(() => import('../grid/grid-view'));

/** Every kind of view is loaded when it is opened. */
export const VIEW_PAGES: Readonly<Record<ViewKind, ComponentType<ViewProps>>> = {
  grid, kanban: grid, calendar: grid, gantt: grid, gallery: grid, form: grid, pivot: grid,
  dashboard: grid,
};
