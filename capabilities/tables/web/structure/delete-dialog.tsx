import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import { useText } from '@/i18n/use-text';
import { Bone, FailedLine } from '@/ui/states';
import { ImpactText } from './impact';
import { tryDelete } from './structure-api';

type Props = Readonly<{
  object: string; field: string | null; name: string; onDelete: () => Promise<unknown>;
  onClose: () => void;
}>;

/** Says what goes with a field or a table before it is deleted; it rests for 30 days. */
export function DeleteDialog({ object, field, name, onDelete, onClose }: Props) {
  const { t } = useText();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const found = useQuery({
    queryKey: ['meta', 'impact', object, field], queryFn: () => tryDelete(object, field),
    gcTime: 0, retry: false,
  });
  const remove = async () => {
    setBusy(true);
    try {
      await onDelete();
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const failure = problem ?? found.error;
  return (
    <Modal
      open title={t('structure.delete', { name })} onCancel={onClose} onOk={() => void remove()}
      okText={t('action.delete')} cancelText={t('action.cancel')} confirmLoading={busy}
      okButtonProps={{ danger: true, disabled: !found.isSuccess }}
    >
      {found.isPending && <Bone width="70%" />}
      {failure !== null && <FailedLine error={failure} />}
      {found.data && <ImpactText impact={found.data} />}
      <p className="faint">{t('structure.rests')}</p>
    </Modal>
  );
}
