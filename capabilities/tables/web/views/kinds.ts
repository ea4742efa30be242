import {
  CalendarDays, ChartNoAxesGantt, ClipboardList, GalleryHorizontalEnd, LayoutDashboard,
  SquareKanban, Table2, TableProperties,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ViewKind, ViewScope } from './definition';

export const KIND_ICONS: Readonly<Record<ViewKind, LucideIcon>> = {
  grid: Table2, kanban: SquareKanban, calendar: CalendarDays, gantt: ChartNoAxesGantt,
  gallery: GalleryHorizontalEnd, form: ClipboardList, pivot: TableProperties,
  dashboard: LayoutDashboard,
};

export const KIND_TEXTS: Readonly<Record<ViewKind, string>> = {
  grid: 'view.grid', kanban: 'view.kanban', calendar: 'view.calendar', gantt: 'view.gantt',
  gallery: 'view.gallery', form: 'view.form', pivot: 'view.pivot', dashboard: 'view.dashboard',
};

export const SCOPE_TEXTS: Readonly<Record<ViewScope, string>> = {
  personal: 'view.personal', shared: 'view.shared', locked: 'view.locked',
};
