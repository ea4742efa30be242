import { asText } from '@/fields/widget';
import { createStore } from '@/lib/store';
import type { Store } from '@/lib/store';
import { plainText } from '../cells/cell-text';
import type { GridColumn } from './columns';
import { commitText, writeCells } from './actions';
import { mayUpdate, recordOn } from './environment';
import type { GridEnvironment } from './environment';
import type { Place } from './selection';

/** The cell that is being changed: as text, or with the widget of its type. */
export type Session = Readonly<{ place: Place; mode: 'text' | 'widget'; error: string | null }>;
export type SessionStore = Store<Session | null>;

export function createSession(): SessionStore {
  return createStore<Session | null>(null);
}

const TYPED = new Set([
  'text', 'long_text', 'integer', 'decimal', 'percent', 'money', 'email', 'phone', 'url',
]);
const TYPED_TOO = new Set(['date', 'datetime']);

/** Days may be typed as well as picked; the rest of the widgets are opened by typing. */
export function modeFor(column: GridColumn, typing: boolean): Session['mode'] {
  const { type } = column.field;
  return TYPED.has(type) || (typing && TYPED_TOO.has(type)) ? 'text' : 'widget';
}

/** The cell that has the focus, when this person may change it. */
export function changeable(env: GridEnvironment): Readonly<{
  place: Place; column: GridColumn;
}> | null {
  const place = env.selection.get()?.focus;
  const column = place && env.columns.all[place.column];
  const record = place && recordOn(env, place.line);
  if (!place || !record || !column?.writable || !mayUpdate(record)) return null;
  return { place, column };
}

export function toggle(env: GridEnvironment, place: Place, column: GridColumn): void {
  const record = recordOn(env, place.line);
  if (!record) return;
  const value = record.fields[column.field.api_name] !== true;
  void writeCells(env, [{ record, field: column.field, value }]);
}

/** Ends typing. False when the text is no value: the cell stays open and says so. */
export function finishText(env: GridEnvironment, sessions: SessionStore, text: string): boolean {
  const session = sessions.get();
  if (session?.mode !== 'text') return true;
  const error = commitText(env, session.place.line, session.place.column, text);
  sessions.set(error === null ? null : { ...session, error });
  return error === null;
}

export function emptyInput(input: HTMLTextAreaElement | null): void {
  if (input) input.value = '';
}

/** Opens the focused cell: null takes its present text, else what is typed replaces it. */
export function beginCell(
  env: GridEnvironment, sessions: SessionStore, input: HTMLTextAreaElement | null,
  text: string | null,
): void {
  const cell = changeable(env);
  const record = cell && recordOn(env, cell.place.line);
  if (!cell || !record || !input) return;
  const { place, column } = cell;
  const mode = modeFor(column, text !== null);
  env.scroller.reveal(place.line, place.column < env.columns.frozen.length ? null : column);
  sessions.set({ place, mode, error: null });
  if (mode === 'widget') emptyInput(input);
  else if (text === null) {
    const { field } = column;
    input.value = field.type === 'long_text' ? asText(record.fields[field.api_name])
      : plainText(field, record.fields, env.context);
    input.setSelectionRange(input.value.length, input.value.length);
  }
}

/** The first letter, or the first stroke of an input method, opens the cell. */
export function beginByTyping(
  env: GridEnvironment, sessions: SessionStore, input: HTMLTextAreaElement | null,
): void {
  if (changeable(env)) beginCell(env, sessions, input, '');
  else emptyInput(input);
}
