import type { DragEvent, KeyboardEvent } from 'react';
import { labelOf } from '@/api/meta';
import type { FieldMeta, ObjectMeta, RecordRow } from '@/api/types';
import { asText, isEmptyValue } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import type { CellContext } from '../cells/cell-text';
import { CellContent } from '../grid/cell';
import styles from './shared.module.css';

type Props = Readonly<{
  object: ObjectMeta;
  record: RecordRow;
  fields: readonly FieldMeta[];
  context: CellContext;
  onOpen: () => void;
  draggable?: boolean;
  onDragStart?: (event: DragEvent) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}>;

/** A record as a card: its name, and those of the chosen fields that are filled. */
export function RecordCard(props: Props) {
  const { object, record, fields, context, onOpen, ...drag } = props;
  const { t, language } = useText();
  const primary = fields.find((field) => field.api_name === object.primary_field);
  return (
    <button type="button" className={styles.card} onClick={onOpen} {...drag}>
      <b className={styles.cardTitle}>
        {primary && !isEmptyValue(record.fields[primary.api_name])
          ? <CellContent field={primary} fields={record.fields} context={context} />
          : asText(record.fields[object.primary_field]) || t('value.unnamed')}
      </b>
      {fields.filter((field) => field !== primary
        && !isEmptyValue(record.fields[field.api_name])).map((field) => (
        <span key={field.api_name} className={styles.cardField}>
          <span className="faint">{labelOf(field.label, language, field.api_name)}</span>
          <span className={styles.cardValue}>
            <CellContent field={field} fields={record.fields} context={context} />
          </span>
        </span>
      ))}
    </button>
  );
}
