import { Button } from 'antd';
import { useText } from '@/i18n/use-text';
import styles from './form-actions.module.css';

type Props = Readonly<{
  /** What sending the form is called; otherwise: save. */
  label?: string;
  busy: boolean;
  danger?: boolean;
  onCancel: () => void;
}>;

/** The foot of a form: sends it, or leaves it. */
export function FormActions({ label, busy, danger = false, onCancel }: Props) {
  const { t } = useText();
  return (
    <div className={styles.actions}>
      <Button type="primary" danger={danger} htmlType="submit" loading={busy}>
        {label ?? t('action.save')}
      </Button>
      <Button onClick={onCancel}>{t('action.cancel')}</Button>
    </div>
  );
}
