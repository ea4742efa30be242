import { ChevronLeft } from 'lucide-react';
import { Link } from 'react-router';
import { useText } from '@/i18n/use-text';
import styles from './handover.module.css';

export function Back({ to = '/handover' }: Readonly<{ to?: string }>) {
  const { t } = useText();
  return (
    <Link className={styles.back} to={to}>
      <ChevronLeft size={14} aria-hidden />{t('handover.title')}
    </Link>
  );
}
