import type { KeyboardEvent } from 'react';
import { clearCells, fillDown, redo, undo } from './actions';
import { changeable, finishText, modeFor, toggle } from './editing';
import type { SessionStore } from './editing';
import { recordOn } from './environment';
import type { GridEnvironment } from './environment';
import { clamp, extendTo, selectCell, selectLines } from './selection';
import type { Place } from './selection';

type Keys = KeyboardEvent<HTMLTextAreaElement>;
/** Opens the focused cell; null takes its present text, else what is typed replaces it. */
export type Begin = (text: string | null) => void;

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

function goTo(env: GridEnvironment, place: Place, extend: boolean): void {
  const next = {
    line: clamp(place.line, env.layout.total - 1),
    column: clamp(place.column, env.columns.all.length - 1),
  };
  if (extend) extendTo(env.selection, next);
  else selectCell(env.selection, next);
  const column = env.columns.all[next.column];
  const fixed = next.column < env.columns.frozen.length;
  env.scroller.reveal(next.line, column && !fixed ? column : null);
}

export function move(env: GridEnvironment, lines: number, columns: number, extend = false): void {
  const from = env.selection.get()?.focus ?? { line: 0, column: 0 };
  goTo(env, { line: from.line + lines, column: from.column + columns }, extend);
}

/** Tab goes on to the next line at the end of one. */
function tab(env: GridEnvironment, back: boolean): void {
  const from = env.selection.get()?.focus ?? { line: 0, column: 0 };
  const last = env.columns.all.length - 1;
  if (!back && from.column === last) goTo(env, { line: from.line + 1, column: 0 }, false);
  else if (back && from.column === 0) goTo(env, { line: from.line - 1, column: last }, false);
  else move(env, 0, back ? -1 : 1);
}

function moveByKey(env: GridEnvironment, event: Keys): boolean {
  const step = STEPS[event.key];
  const focus = env.selection.get()?.focus;
  if (!focus) return false;
  const far = event.ctrlKey || event.metaKey;
  const lastLine = env.layout.total - 1;
  const lastColumn = env.columns.all.length - 1;
  if (step) {
    const [lines, columns] = step;
    if (far) {
      const place = {
        line: lines === 0 ? focus.line : lines < 0 ? 0 : lastLine,
        column: columns === 0 ? focus.column : columns < 0 ? 0 : lastColumn,
      };
      goTo(env, place, event.shiftKey);
    } else move(env, lines, columns, event.shiftKey);
    return true;
  }
  const { line, column } = focus;
  const places: Readonly<Record<string, Place>> = {
    Home: { line: far ? 0 : line, column: 0 },
    End: { line: far ? lastLine : line, column: lastColumn },
    PageUp: { line: line - env.scroller.page, column },
    PageDown: { line: line + env.scroller.page, column },
  };
  const place = places[event.key];
  if (place) goTo(env, place, event.shiftKey);
  return place !== undefined;
}

/** Keys with Ctrl or ⌘ that are not left to the browser. Copy and paste come as events. */
function command(env: GridEnvironment, event: Keys): boolean {
  if (!event.ctrlKey && !event.metaKey) return false;
  const key = event.key.toLowerCase();
  if (key === 'z') void (event.shiftKey ? redo(env) : undo(env));
  else if (key === 'y') void redo(env);
  else if (key === 'd') void fillDown(env);
  else if (key === 'a') selectLines(env.selection, 0, env.layout.total - 1);
  else return false;
  return true;
}

function openCell(env: GridEnvironment, begin: Begin): void {
  const cell = changeable(env);
  if (!cell) return;
  if (cell.column.field.type === 'boolean') toggle(env, cell.place, cell.column);
  else begin(null);
}

function whileReading(env: GridEnvironment, event: Keys, begin: Begin): boolean {
  if (command(env, event) || moveByKey(env, event)) return true;
  const focus = env.selection.get()?.focus;
  if (!focus) return false;
  switch (event.key) {
    case 'Enter':
    case 'F2':
      openCell(env, begin);
      return true;
    case 'Tab':
      tab(env, event.shiftKey);
      return true;
    case 'Delete':
    case 'Backspace':
      void clearCells(env);
      return true;
    case 'Escape':
      selectCell(env.selection, focus);
      return true;
    case ' ': {
      if (event.shiftKey) {
        selectLines(env.selection, focus.line, focus.line);
        return true;
      }
      const record = recordOn(env, focus.line);
      if (record) env.openRecord(record.id);
      return true;
    }
    default:
      return false;
  }
}

function whileTyping(env: GridEnvironment, event: Keys, sessions: SessionStore): boolean {
  const text = event.currentTarget.value;
  if (event.key === 'Escape') {
    sessions.set(null);
    return true;
  }
  if (event.key === 'Enter' && !event.altKey) {
    if (finishText(env, sessions, text)) move(env, event.shiftKey ? -1 : 1, 0);
    return true;
  }
  if (event.key === 'Tab') {
    if (finishText(env, sessions, text)) tab(env, event.shiftKey);
    return true;
  }
  return false;
}

/** Alt+Enter: a line end inside the text. */
function lineEnd(event: Keys): boolean {
  if (event.key !== 'Enter' || !event.altKey) return false;
  event.currentTarget.setRangeText(
    '\n', event.currentTarget.selectionStart, event.currentTarget.selectionEnd, 'end',
  );
  return true;
}

/**
 * The keys of the grid. Keys that belong to an input method (while it composes) are never taken:
 * Enter there chooses a word.
 */
export function onKey(
  env: GridEnvironment, event: Keys, sessions: SessionStore, begin: Begin,
): void {
  const session = sessions.get();
  if (event.nativeEvent.isComposing || event.keyCode === 229) {
    const cell = session ? null : changeable(env);
    if (cell && modeFor(cell.column, true) === 'widget') begin('');
    return;
  }
  const taken = session
    ? whileTyping(env, event, sessions) || lineEnd(event)
    : whileReading(env, event, begin);
  if (!taken) return;
  event.preventDefault();
  event.stopPropagation();
}
