import { Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useText } from '@/i18n/use-text';
import styles from '../tables.module.css';
import { SCOPES } from './definition';
import { SCOPE_TEXTS } from './kinds';
import type { Naming } from './use-view-actions';
import type { View } from './views-api';

type Props = Readonly<{
  view: View | null; onSave: (naming: Naming) => Promise<boolean>; onClose: () => void;
}>;

const LONGEST_NAME = 120;

/** The name of a view and who sees it. */
export function ViewDialog({ view, onSave, onClose }: Props) {
  const { t } = useText();
  const [name, setName] = useState(view?.name ?? '');
  const [scope, setScope] = useState(view?.scope ?? 'personal');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (name.trim() === '') return;
    setBusy(true);
    if (await onSave({ name: name.trim(), scope })) onClose();
    else setBusy(false);
  };
  return (
    <Modal
      open title={t(view ? 'view.settings' : 'view.save_as')} onCancel={onClose}
      onOk={() => void save()} okText={t('action.save')} cancelText={t('action.cancel')}
      confirmLoading={busy} okButtonProps={{ disabled: name.trim() === '' }}
    >
      <div className={styles.stack}>
        <label htmlFor="view-name">{t('view.name')}</label>
        <Input
          id="view-name" autoFocus value={name} maxLength={LONGEST_NAME}
          onChange={(event) => {
            setName(event.target.value);
          }}
          onPressEnter={(event) => {
            if (!event.nativeEvent.isComposing) void save();
          }}
        />
        <Radio.Group
          aria-label={t('view.scope')} value={scope}
          options={SCOPES.map((value) => ({ value, label: t(SCOPE_TEXTS[value]) }))}
          onChange={(event) => {
            setScope(SCOPES.find((one) => one === event.target.value) ?? 'personal');
          }}
        />
      </div>
    </Modal>
  );
}
