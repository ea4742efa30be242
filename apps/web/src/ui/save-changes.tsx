import { Button } from 'antd';
import { useText } from '@/i18n/use-text';
import styles from './form-actions.module.css';

type Props = Readonly<{ changed: boolean; busy: boolean; onDiscard: () => void }>;

/** The foot of a form that stays open: keeps what was changed, or takes it back. */
export function SaveChanges({ changed, busy, onDiscard }: Props) {
  const { t } = useText();
  return (
    <div className={styles.actions}>
      <Button type="primary" htmlType="submit" disabled={!changed} loading={busy}>
        {t('action.save')}
      </Button>
      {changed && <Button onClick={onDiscard}>{t('action.discard')}</Button>}
    </div>
  );
}
