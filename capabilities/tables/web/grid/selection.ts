import { createStore } from '@/lib/store';
import type { Store } from '@/lib/store';

export type Place = Readonly<{ line: number; column: number }>;
export type Area = Readonly<{ top: number; bottom: number; left: number; right: number }>;

/** Where one is and from where a block was drawn; whole rows are blocks over all columns. */
export type Selection = Readonly<{ anchor: Place; focus: Place; rows: boolean }>;
export type SelectionStore = Store<Selection | null>;

export function createSelection(): SelectionStore {
  return createStore<Selection | null>(null);
}

export function areaOf(selection: Selection, columns: number): Area {
  const { anchor, focus, rows } = selection;
  return {
    top: Math.min(anchor.line, focus.line), bottom: Math.max(anchor.line, focus.line),
    left: rows ? 0 : Math.min(anchor.column, focus.column),
    right: rows ? columns - 1 : Math.max(anchor.column, focus.column),
  };
}

export function cellCount(area: Area): number {
  return (area.bottom - area.top + 1) * (area.right - area.left + 1);
}

export function selectCell(store: SelectionStore, place: Place): void {
  store.set({ anchor: place, focus: place, rows: false });
}

/** Draws the block on to a place; without one it begins there. */
export function extendTo(store: SelectionStore, place: Place): void {
  const now = store.get();
  if (!now) selectCell(store, place);
  else store.set({ ...now, focus: place });
}

export function selectLines(store: SelectionStore, from: number, to: number): void {
  store.set({ anchor: { line: from, column: 0 }, focus: { line: to, column: 0 }, rows: true });
}

export function clamp(value: number, most: number): number {
  return Math.min(Math.max(0, value), Math.max(0, most));
}
