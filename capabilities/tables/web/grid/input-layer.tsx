import { useCallback, useEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import type { ClipboardEvent, RefObject } from 'react';
import { labelOf } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { cellText, plainText } from '../cells/cell-text';
import { clearCells, copyText, paste, selectedArea } from './actions';
import { CellEditor } from './cell-editor';
import { beginByTyping, beginCell, emptyInput, finishText } from './editing';
import type { SessionStore } from './editing';
import { recordOn } from './environment';
import type { GridEnvironment } from './environment';
import { cellId } from './lines';
import { onKey } from './keyboard';
import { writeBlock } from '../cells/clipboard';
import type { Place } from './selection';
import styles from './grid.module.css';

type Props = Readonly<{
  env: GridEnvironment;
  sessions: SessionStore;
  rowHeight: number;
  input: RefObject<HTMLTextAreaElement | null>;
}>;

const MOST_COPIED_AT_ONCE = 2000;

/** Puts an element over its cell, wherever the table is scrolled to. */
function usePlaced(env: GridEnvironment, place: Place | null, rowHeight: number) {
  const { scroller, columns } = env;
  return useCallback((element: HTMLElement | null) => {
    const column = place && columns.all[place.column];
    if (!element || !column) return undefined;
    const follow = () => {
      const fixed = place.column < columns.frozen.length;
      element.style.top = `${place.line * rowHeight - scroller.top}px`;
      element.style.left = `${column.left - (fixed ? 0 : scroller.left)}px`;
      element.style.width = `${column.width}px`;
      element.style.minHeight = `${rowHeight}px`;
    };
    follow();
    return scroller.follow(follow);
  }, [scroller, columns, place, rowHeight]);
}

/** What the focused cell says, for those who hear the table. */
function cellLabel(env: GridEnvironment, place: Place | null, name: string): string {
  const column = place && env.columns.all[place.column];
  const record = place && recordOn(env, place.line);
  if (!column || !record) return name;
  const { language } = env.context;
  const label = labelOf(column.field.label, language, column.field.api_name);
  return `${label}: ${cellText(column.field, record.fields, env.context)}`;
}

/** Copies at once where all rows are in memory, as the browser wants it; else a moment later. */
function copy(env: GridEnvironment, event: ClipboardEvent): void {
  event.preventDefault();
  const area = selectedArea(env);
  if (!area) return;
  const fields = env.columns.all.slice(area.left, area.right + 1).map(({ field }) => field);
  const rows: string[][] = [];
  const last = Math.min(area.bottom, area.top + MOST_COPIED_AT_ONCE);
  for (let line = area.top; line <= last; line += 1) {
    const record = recordOn(env, line);
    if (!record) {
      void copyText(env).then((text) => navigator.clipboard.writeText(text));
      return;
    }
    rows.push(fields.map((field) => plainText(field, record.fields, env.context)));
  }
  event.clipboardData.setData('text/plain', writeBlock(rows));
}

function clipboardHandlers(env: GridEnvironment) {
  return {
    onCopy: (event: ClipboardEvent) => {
      copy(env, event);
    },
    onCut: (event: ClipboardEvent) => {
      copy(env, event);
      void clearCells(env);
    },
    onPaste: (event: ClipboardEvent) => {
      event.preventDefault();
      void paste(env, event.clipboardData.getData('text/plain'));
    },
  };
}

/**
 * The one input of the grid. It always has the focus, lies over the focused cell and becomes
 * visible with the first letter, so that an input method begins in its place.
 */
export function InputLayer({ env, sessions, rowHeight, input }: Props) {
  const { t } = useText();
  const selection = useSyncExternalStore(env.selection.subscribe, env.selection.get);
  const session = useSyncExternalStore(sessions.subscribe, sessions.get);
  const place = session?.place ?? selection?.focus ?? null;
  const placed = usePlaced(env, place, rowHeight);
  const typing = session?.mode === 'text';
  useLayoutEffect(() => placed(input.current), [placed, input]);
  useEffect(() => {
    if (!typing) emptyInput(input.current);
  }, [typing, input]);
  const begin = (text: string | null) => {
    beginCell(env, sessions, input.current, text);
  };
  const beginTyping = () => {
    if (!sessions.get()) beginByTyping(env, sessions, input.current);
  };
  const clipboard = typing ? {} : clipboardHandlers(env);
  const column = place ? env.columns.all[place.column] : undefined;
  return (
    <div className={styles.inputs} style={env.scroller.room}>
      <textarea
        ref={input}
        className={typing ? styles.input : styles.inputHidden}
        data-end={column?.end}
        aria-label={cellLabel(env, place, t('tables.grid'))}
        aria-activedescendant={place ? cellId(place.line, place.column) : undefined}
        aria-invalid={session?.error ? true : undefined}
        rows={1} autoComplete="off" spellCheck={false}
        onKeyDown={(event) => {
          onKey(env, event, sessions, begin);
        }}
        onCompositionStart={beginTyping}
        onInput={beginTyping}
        onBlur={(event) => {
          if (typing) finishText(env, sessions, event.currentTarget.value);
        }}
        {...clipboard}
      />
      {session?.error && (
        <Complaint
          env={env} place={session.place} rowHeight={rowHeight} text={session.error}
        />
      )}
      {session?.mode === 'widget' && (
        <CellEditor
          env={env} place={session.place} rowHeight={rowHeight}
          onDone={() => {
            sessions.set(null);
            input.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </div>
  );
}

type ComplaintProps = Readonly<{
  env: GridEnvironment; place: Place; rowHeight: number; text: string;
}>;

function Complaint({ env, place, rowHeight, text }: ComplaintProps) {
  const placed = usePlaced(env, { line: place.line + 1, column: place.column }, rowHeight);
  return <div ref={placed} role="alert" className={styles.complaint}>{text}</div>;
}
