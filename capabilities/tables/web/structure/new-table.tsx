import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { metaQuery } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { FailedLine } from '@/ui/states';
import { LabelsInput } from './labels-input';
import { apiNameOf, createObject } from './structure-api';
import styles from './structure.module.css';

/** A new table with a name; its fields are added on its page. */
export default function NewTable({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t } = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [label, setLabel] = useState({ 'zh-CN': '', en: '' });
  const [owned, setOwned] = useState(true);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    const name = apiNameOf(label, 't');
    try {
      await createObject({
        api_name: name, label, ownership: owned ? 'owner' : 'none',
        fields: [{
          api_name: 'name', type: 'text', required: true, name: true,
          label: { 'zh-CN': t('structure.name_zh'), en: t('structure.name_en') },
        }],
      });
      await client.invalidateQueries({ queryKey: metaQuery.queryKey, exact: true });
      void navigate(`/tables/${name}`);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Modal
      open title={t('structure.new_table')} onCancel={onClose} onOk={() => void save()}
      okText={t('action.save')} cancelText={t('action.cancel')} confirmLoading={busy}
      okButtonProps={{ disabled: label['zh-CN'].trim() === '' }}
    >
      <div className={styles.stack}>
        {problem !== null && <FailedLine error={problem} />}
        <LabelsInput autoFocus value={label} onChange={setLabel} />
        <Checkbox
          checked={owned}
          onChange={(event) => {
            setOwned(event.target.checked);
          }}
        >
          {t('structure.owned')}
        </Checkbox>
      </div>
    </Modal>
  );
}
