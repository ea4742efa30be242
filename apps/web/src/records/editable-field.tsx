import { Button } from 'antd';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { labelOf } from '@/api/meta';
import type { FieldMeta, ObjectMeta, RecordRow } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { widgetOf } from '@/fields/widgets';
import { isWritable } from '@/fields/writable';
import { useText } from '@/i18n/use-text';
import { readDraft } from '@/ui/draft';
import { FieldEditor, draftKey } from './field-editor';
import styles from './records.module.css';

type Props = Readonly<{ object: ObjectMeta; record: RecordRow; field: FieldMeta }>;

/** A label with its value; where the caller may, the value is edited in its place. */
export function EditableField({ object, record, field }: Props) {
  const { t, language } = useText();
  const key = draftKey(object.api_name, record.id, field.api_name);
  const [editing, setEditing] = useState(() => readDraft(key) !== null);
  const label = labelOf(field.label, language, field.api_name);
  const mayUpdate = record.can?.includes('update') ?? object.rights.update;
  const editable = mayUpdate && isWritable(field) && widgetOf(field.type).Editor !== null;
  return (
    <div className={styles.pair}>
      <span className={styles.pairLabel}>{label}</span>
      {editing && editable ? (
        <FieldEditor
          object={object}
          record={record}
          field={field}
          onDone={() => {
            setEditing(false);
          }}
        />
      ) : (
        <div
          className={styles.valueRow}
          onDoubleClick={() => {
            if (editable) setEditing(true);
          }}
        >
          <div className={styles.fixed}><FieldValue field={field} fields={record.fields} /></div>
          {editable && (
            <Button
              className={styles.edit}
              type="text"
              size="small"
              aria-label={t('record.edit', { field: label })}
              icon={<Pencil size={13} />}
              onClick={() => {
                setEditing(true);
              }}
            />
          )}
        </div>
      )}
    </div>
  );
}
