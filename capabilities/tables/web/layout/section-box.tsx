import { Button, Input } from 'antd';
import { EyeOff, GripVertical, Trash2 } from 'lucide-react';
import type { DragEvent } from 'react';
import { fieldOf, labelOf } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import type { Section } from '@/records/layout';
import { hidden, placed } from './arrange';
import { WhenSelect } from './when-select';
import styles from './layout.module.css';

type Props = Readonly<{
  object: ObjectMeta;
  section: Section;
  /** Which of the sections it is. */
  place: number;
  sections: readonly Section[];
  onChange: (sections: readonly Section[]) => void;
  onRemove: () => void;
  onStep: (field: string, down: boolean) => void;
}>;

export const DRAGGED = 'text/layout-field';

export function acceptField(event: DragEvent): void {
  if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
}

const LONGEST_TITLE = 80;

/** One section of the page: its name and its fields. */
export function SectionBox(props: Props) {
  const { object, section, place, sections, onChange, onRemove } = props;
  const { t } = useText();
  const drop = (event: DragEvent, at: number) => {
    event.preventDefault();
    event.stopPropagation();
    const field = event.dataTransfer.getData(DRAGGED);
    if (field !== '') onChange(placed(sections, field, { section: place, at }));
  };
  return (
    <section
      className={styles.section} aria-label={section.title} onDragOver={acceptField}
      onDrop={(event) => {
        drop(event, section.fields.length);
      }}
    >
      <header className={styles.head}>
        <Input
          variant="borderless" aria-label={t('layout.section')} value={section.title}
          maxLength={LONGEST_TITLE} className={styles.title}
          onChange={(event) => {
            onChange(sections.map((one, at) => (
              at === place ? { ...one, title: event.target.value } : one
            )));
          }}
        />
        <Button
          type="text" size="small" icon={<Trash2 size={14} />}
          aria-label={t('structure.delete', { name: section.title })} onClick={onRemove}
        />
      </header>
      <WhenSelect
        object={object} section={section}
        onChange={(next) => {
          onChange(sections.map((one, at) => (at === place ? next : one)));
        }}
      />
      <ul className={styles.fields}>
        {section.fields.map((name, at) => (
          <FieldRow
            key={name} {...props} name={name}
            onDrop={(event) => {
              drop(event, at);
            }}
          />
        ))}
      </ul>
    </section>
  );
}

type RowProps = Props & Readonly<{ name: string; onDrop: (event: DragEvent) => void }>;

function FieldRow({ object, place, sections, name, onChange, onStep, onDrop }: RowProps) {
  const { t, language } = useText();
  const field = fieldOf(object, name);
  if (!field) return null;
  const label = labelOf(field.label, language, name);
  return (
    <li
      className={styles.field} draggable onDragOver={acceptField} onDrop={onDrop}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, name);
      }}
    >
      <button
        type="button" className={styles.grip} aria-label={t('layout.move', { field: label })}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          onStep(name, event.key === 'ArrowDown');
        }}
      >
        <GripVertical size={14} aria-hidden />
      </button>
      <span className={styles.name}>{label}</span>
      <Button
        type="text" size="small" icon={<EyeOff size={14} />}
        aria-label={t('layout.hide', { field: label })}
        onClick={() => {
          onChange(hidden(sections, name, place));
        }}
      />
    </li>
  );
}
