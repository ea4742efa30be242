import { Button, Modal } from 'antd';
import { useText } from '@/i18n/use-text';
import type { Repeat } from './use-run';
import styles from './imports.module.css';

type Props = Readonly<{ onAnswer: (repeat: Repeat) => void; onCancel: () => void }>;

/** The same file came before: replace its lines, or leave it. */
export function DuplicateQuestion({ onAnswer, onCancel }: Props) {
  const { t } = useText();
  return (
    <Modal open title={t('imports.duplicate')} footer={null} onCancel={onCancel} width={480}>
      <p className={styles.question}>{t('imports.duplicate_text')}</p>
      <div className={styles.duplicateActions}>
        <Button
          type="primary"
          onClick={() => {
            onAnswer('replace');
          }}
        >
          {t('imports.duplicate_replace')}
        </Button>
        <Button onClick={onCancel}>{t('imports.duplicate_cancel')}</Button>
      </div>
    </Modal>
  );
}
