import { Button, Checkbox, Input } from 'antd';
import { GripVertical } from 'lucide-react';
import { useState } from 'react';
import { labelOf } from '@/api/meta';
import type { FieldMeta, ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { allFields } from '@/records/list-state';
import { shownFields } from '../grid/columns';
import type { OpenView } from '../views/use-view';
import styles from './toolbar.module.css';

type Props = Readonly<{ object: ObjectMeta; view: OpenView }>;

/** Which fields are shown, and in which order: by dragging, or with the arrow keys. */
export function FieldsPanel({ object, view }: Props) {
  const { t, language } = useText();
  const [typed, setTyped] = useState('');
  const shown = shownFields(object, view.definition);
  const names = shown.map((field) => field.api_name);
  const hidden = allFields(object).filter((field) => !names.includes(field.api_name));
  const fits = (field: FieldMeta) => `${labelOf(field.label, language)} ${field.api_name}`
    .toLowerCase().includes(typed.toLowerCase());
  const change = (fields: readonly string[]) => {
    view.change({ fields });
  };
  const move = (name: string, to: number) => {
    const rest = names.filter((one) => one !== name);
    change([...rest.slice(0, to), name, ...rest.slice(to)]);
  };
  return (
    <div className={styles.panel}>
      <Input
        size="small" allowClear placeholder={t('tables.find_field')}
        aria-label={t('tables.find_field')} value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
      />
      <ul className={styles.fields}>
        {[...shown, ...hidden].filter(fits).map((field) => {
          const name = field.api_name;
          const at = names.indexOf(name);
          return (
            <FieldRow
              key={name} field={field} at={at} fixed={name === object.primary_field}
              onToggle={() => {
                change(at === -1 ? [...names, name] : names.filter((one) => one !== name));
              }}
              onMove={move}
            />
          );
        })}
      </ul>
      <Button
        size="small" type="text" disabled={view.definition.fields === undefined}
        onClick={() => {
          view.change({ fields: undefined });
        }}
      >
        {t('list.columns_reset')}
      </Button>
    </div>
  );
}

type RowProps = Readonly<{
  field: FieldMeta; at: number; fixed: boolean; onToggle: () => void;
  onMove: (name: string, to: number) => void;
}>;

function FieldRow({ field, at, fixed, onToggle, onMove }: RowProps) {
  const { t, language } = useText();
  const name = field.api_name;
  const movable = at > 0;
  const label = labelOf(field.label, language, name);
  return (
    <li
      className={styles.fieldRow} draggable={movable}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/field', name);
      }}
      onDragOver={(event) => {
        if (movable) event.preventDefault();
      }}
      onDrop={(event) => {
        const moved = event.dataTransfer.getData('text/field');
        if (moved !== '' && moved !== name) onMove(moved, at);
      }}
    >
      <Checkbox checked={at !== -1} disabled={fixed} onChange={onToggle}>{label}</Checkbox>
      {movable && (
        <button
          type="button" className={styles.grip}
          aria-label={t('tables.move_field', { field: label })}
          onKeyDown={(event) => {
            if (event.key === 'ArrowUp' && at > 1) onMove(name, at - 1);
            if (event.key === 'ArrowDown') onMove(name, at + 1);
          }}
        >
          <GripVertical size={14} aria-hidden />
        </button>
      )}
    </li>
  );
}
