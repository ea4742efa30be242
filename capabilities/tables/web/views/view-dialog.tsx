import { Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { fieldOf, labelOf, useMeta, useObjectMeta } from '@/api/meta';
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
  const rights = useObjectMeta('view')?.rights;
  const [name, setName] = useState(view?.name ?? '');
  const [roles, setRoles] = useState<readonly string[] | undefined>(undefined);
  const [scope, setScope] = useState(view?.scope ?? 'personal');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (name.trim() === '') return;
    setBusy(true);
    const naming = { name: name.trim(), scope, ...(roles ? { default_for: roles } : {}) };
    if (await onSave(naming)) onClose();
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
          options={SCOPES.map((value) => ({
            value, label: t(SCOPE_TEXTS[value]), disabled: value !== 'personal' && !rights?.share,
          }))}
          onChange={(event) => {
            setScope(SCOPES.find((one) => one === event.target.value) ?? 'personal');
          }}
        />
        {scope !== 'personal' && (
          <DefaultFor roles={roles ?? view?.defaultFor ?? []} onChange={setRoles} />
        )}
      </div>
    </Modal>
  );
}

type DefaultProps = Readonly<{
  roles: readonly string[]; onChange: (roles: readonly string[]) => void;
}>;

/** For whom the view is the first that they see; administrators say so. */
function DefaultFor({ roles, onChange }: DefaultProps) {
  const { t, language } = useText();
  const { user } = useMeta();
  const object = useObjectMeta('view');
  const options = object ? fieldOf(object, 'default_for')?.options : undefined;
  if (!user.administrator || !options) return null;
  return (
    <>
      <label htmlFor="view-default">{t('view.defaults')}</label>
      <Select<readonly string[]>
        id="view-default" mode="multiple" value={roles} placeholder={t('view.defaults_text')}
        options={options.map(({ key, label }) => (
          { value: key, label: labelOf(label, language, key) }
        ))}
        showSearch={{ optionFilterProp: 'label' }} onChange={onChange}
      />
    </>
  );
}
