import { Button } from 'antd';
import { labelOf } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import type { Section } from '@/records/layout';
import { hidden, placed } from './arrange';
import { DRAGGED, acceptField } from './section-box';
import styles from './layout.module.css';

type Props = Readonly<{
  object: ObjectMeta; sections: readonly Section[];
  onChange: (sections: readonly Section[]) => void;
}>;

const NEVER = new Set(['id', 'version']);

/** The fields that the page does not show: dragged from here, or put into the first section. */
export function Unused({ object, sections, onChange }: Props) {
  const { t, language } = useText();
  const used = new Set(sections.flatMap(({ fields }) => fields));
  const unused = object.fields.filter(
    ({ api_name }) => !used.has(api_name) && !NEVER.has(api_name),
  );
  const first = sections[0];
  const show = (name: string) => {
    const all = first ? sections : [{ title: t('layout.first_section'), fields: [] }];
    onChange(placed(all, name, { section: 0, at: first?.fields.length ?? 0 }));
  };
  return (
    <section
      className={styles.unused} aria-label={t('layout.unused')} onDragOver={acceptField}
      onDrop={(event) => {
        event.preventDefault();
        const field = event.dataTransfer.getData(DRAGGED);
        if (field !== '') onChange(hidden(sections, field));
      }}
    >
      <h2 className={styles.unusedTitle}>{t('layout.unused')}</h2>
      {unused.map((field) => {
        const label = labelOf(field.label, language, field.api_name);
        return (
          <Button
            key={field.api_name} size="small" draggable
            aria-label={t('layout.show', { field: label })}
            onDragStart={(event) => {
              event.dataTransfer.setData(DRAGGED, field.api_name);
            }}
            onClick={() => {
              show(field.api_name);
            }}
          >
            {label}
          </Button>
        );
      })}
    </section>
  );
}
