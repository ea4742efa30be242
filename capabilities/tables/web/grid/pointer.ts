import type { GridEnvironment } from './environment';
import { extendTo, selectCell, selectLines } from './selection';
import type { Area, Place } from './selection';

const HEADER = 36;

type Pointed = Readonly<{ currentTarget: Element; clientX: number; clientY: number }>;

/** The cell under a pointer; column -1 is the row's number. */
export function placeAt(env: GridEnvironment, event: Pointed, rowHeight: number): Place | null {
  const box = event.currentTarget.getBoundingClientRect();
  const y = event.clientY - box.top - HEADER + env.scroller.top;
  const inView = event.clientX - box.left;
  const { frozenWidth, all, width } = env.columns;
  const x = inView < frozenWidth ? inView : inView + env.scroller.left;
  const line = Math.floor(y / rowHeight);
  if (event.clientY - box.top < HEADER || line < 0 || line >= env.layout.total || x > width) {
    return null;
  }
  const column = all.findIndex((one) => x >= one.left && x < one.left + one.width);
  return { line, column };
}

export function press(env: GridEnvironment, place: Place, extend: boolean): void {
  const anchor = env.selection.get()?.anchor;
  if (place.column < 0) {
    selectLines(env.selection, extend && anchor ? anchor.line : place.line, place.line);
  } else if (extend) extendTo(env.selection, place);
  else selectCell(env.selection, place);
}

export function drawTo(env: GridEnvironment, place: Place): void {
  const now = env.selection.get();
  if (!now) return;
  const column = Math.max(0, place.column);
  if (now.focus.line === place.line && now.focus.column === column) return;
  env.selection.set({ ...now, focus: { line: place.line, column } });
}

/** Where the fill handle is drawn to: lines below or above the block, never both. */
export function fillArea(area: Area, place: Place): Area | null {
  if (place.line > area.bottom) return { ...area, top: area.bottom + 1, bottom: place.line };
  if (place.line < area.top) return { ...area, top: place.line, bottom: area.top - 1 };
  return null;
}
