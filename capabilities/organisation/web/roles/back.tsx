import { ChevronLeft } from 'lucide-react';
import { Link } from 'react-router';
import { useText } from '@/i18n/use-text';
import styles from '../organisation.module.css';

export function Back() {
  const { t } = useText();
  return (
    <Link className={styles.back} to="/roles">
      <ChevronLeft size={14} aria-hidden />{t('roles.title')}
    </Link>
  );
}
