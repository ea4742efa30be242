import { Tooltip } from 'antd';
import { Info } from 'lucide-react';
import { useText } from '@/i18n/use-text';
import styles from './definition.module.css';

/** The small mark beside a figure that says how it is computed. */
export function Definition({ of, text }: Readonly<{ of: string; text: string }>) {
  const { t } = useText();
  return (
    <Tooltip title={text} trigger={['hover', 'focus', 'click']}>
      <button type="button" className={styles.mark} aria-label={t('definition.of', { name: of })}>
        <Info size={13} strokeWidth={1.8} aria-hidden />
      </button>
    </Tooltip>
  );
}
