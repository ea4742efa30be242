import { Modal, Select } from 'antd';
import { useState } from 'react';
import { fieldOf, labelOf } from '@/api/meta';
import type { Value } from '@/api/types';
import { widgetOf } from '@/fields/widgets';
import { isWritable } from '@/fields/writable';
import { useText } from '@/i18n/use-text';
import { MOST_ROWS, selectedArea, writeCells } from './actions';
import { mayUpdate, recordsFrom } from './environment';
import type { GridEnvironment } from './environment';
import styles from '../tables.module.css';

type Props = Readonly<{ env: GridEnvironment; onClose: () => void }>;

/** One value of one field for all chosen rows; undo takes it back. */
export function BulkEdit({ env, onClose }: Props) {
  const { t, language } = useText();
  const [name, setName] = useState<string>();
  const [value, setValue] = useState<Value>(null);
  const [busy, setBusy] = useState(false);
  const fields = env.object.fields.filter(
    (field) => isWritable(field) && widgetOf(field.type).Editor !== null
      && field.type !== 'attachment',
  );
  const field = name === undefined ? undefined : fieldOf(env.object, name);
  const save = async () => {
    const area = selectedArea(env);
    if (!area || !field) return;
    setBusy(true);
    const rows = await recordsFrom(env, area.top, MOST_ROWS, area.bottom);
    await writeCells(env, rows.filter(({ record }) => mayUpdate(record))
      .map(({ record }) => ({ record, field, value })));
    onClose();
  };
  const Editor = field ? widgetOf(field.type).Editor : null;
  return (
    <Modal
      open title={t('tables.bulk_edit')} onCancel={onClose} onOk={() => void save()}
      okText={t('action.save')} cancelText={t('action.cancel')} confirmLoading={busy}
      okButtonProps={{ disabled: !field }}
    >
      <div className={styles.stack}>
        <Select
          aria-label={t('tables.field')} placeholder={t('tables.field')} value={name}
          showSearch={{ optionFilterProp: 'label' }}
          options={fields.map((one) => ({
            value: one.api_name, label: labelOf(one.label, language, one.api_name),
          }))}
          onChange={(next) => {
            setName(next);
            setValue(null);
          }}
        />
        {field && Editor && (
          <Editor key={name} field={field} value={value} fields={{}} onChange={setValue} />
        )}
      </div>
    </Modal>
  );
}
