import { Modal } from 'antd';
import type { FieldMeta } from '@/api/types';
import { LinkEditor } from '@/fields/link-editor';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';

const FIELD: FieldMeta = {
  api_name: 'account', type: 'link', target: 'account', label: { 'zh-CN': '', en: '' },
  required: true, unique: false, read_only: false, system: false, editable: true,
  important: false, sensitivity: 'normal',
};

/** Finds the account that is to be nominated or asked for; the next step shows what it has. */
export function ChooseAccount({ onChosen, onClose }: Readonly<{
  onChosen: (id: string) => void; onClose: () => void;
}>) {
  const { t } = useText();
  return (
    <Modal open title={t('pool.choose')} footer={null} onCancel={onClose} destroyOnHidden>
      <label htmlFor="pool-account" className="faint">{t('pool.choose_text')}</label>
      <LinkEditor
        id="pool-account" autoFocus field={FIELD} value={null} fields={{}}
        onChange={(value) => {
          const id = asText(value);
          if (id !== '') onChosen(id);
        }}
      />
    </Modal>
  );
}
