import { ChevronLeft } from 'lucide-react';
import { Link } from 'react-router';
import { useText } from '@/i18n/use-text';
import styles from './handover.module.css';

export function Back() {
  const { t } = useText();
  return (
    <Link className={styles.back} to="/handover">
      <ChevronLeft size={14} aria-hidden />{t('handover.title')}
    </Link>
  );
}
