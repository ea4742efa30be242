import { useEffect, useRef, useState } from 'react';
import type { Fields, Value } from '@/api/types';
import { widgetOf } from '@/fields/widgets';
import { writeCells } from './actions';
import { recordOn } from './environment';
import type { GridEnvironment } from './environment';
import type { Place } from './selection';
import styles from './grid.module.css';

type Props = Readonly<{
  env: GridEnvironment; place: Place; rowHeight: number; onDone: () => void;
}>;

/** One choice is the whole answer; of several the last one is not known before the end. */
const AT_ONCE = new Set(['select', 'rating', 'date', 'link', 'user', 'department']);

/** Where the kit shows lists and calendars: outside of the editor, and yet a part of it. */
const POPUPS = '.ant-select-dropdown, .ant-picker-dropdown';

/** The editor of a field's type, over its cell. */
export function CellEditor({ env, place, rowHeight, onDone }: Props) {
  const column = env.columns.all[place.column];
  const [record] = useState(() => recordOn(env, place.line));
  const [value, setValue] = useState<Value>(
    column && record ? record.fields[column.field.api_name] ?? null : null,
  );
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('input, [role="radio"]')?.focus();
  }, []);
  if (!column || !record) return null;
  const { field } = column;
  const { Editor } = widgetOf(field.type);
  // Choosing a file leaves the page for a while, which would end the editing of a cell.
  if (!Editor || field.type === 'attachment') return null;
  const save = (next: Value, names?: Fields) => {
    onDone();
    void writeCells(env, [{ record, field, value: next, names }]);
  };
  const fixed = place.column < env.columns.frozen.length;
  return (
    <div
      ref={box}
      className={styles.editor}
      style={{
        top: place.line * rowHeight - env.scroller.top,
        left: column.left - (fixed ? 0 : env.scroller.left),
        minWidth: Math.max(column.width, 180), minHeight: rowHeight,
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        event.stopPropagation();
        if (event.key === 'Escape') onDone();
        if (event.key === 'Tab') {
          event.preventDefault();
          save(value);
        }
      }}
      onBlur={(event) => {
        const to = event.relatedTarget;
        const inside = to instanceof Element
          && (event.currentTarget.contains(to) || to.closest(POPUPS) !== null);
        if (!inside && !AT_ONCE.has(field.type)) save(value);
        else if (!inside && to !== null) onDone();
      }}
    >
      <Editor
        field={field} value={value} fields={record.fields} autoFocus
        onChange={(next) => {
          if (AT_ONCE.has(field.type) && !field.many) save(next);
          else setValue(next);
        }}
      />
    </div>
  );
}
