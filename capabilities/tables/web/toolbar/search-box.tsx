import { Input } from 'antd';
import { Search } from 'lucide-react';
import { useSearchBox } from '@/records/list-toolbar';
import { useText } from '@/i18n/use-text';
import styles from './toolbar.module.css';

export function SearchBox() {
  const { t } = useText();
  const box = useSearchBox();
  return (
    <Input
      className={styles.search} allowClear type="search" aria-label={t('list.search')}
      placeholder={t('list.search')} prefix={<Search size={15} aria-hidden />} {...box}
    />
  );
}
