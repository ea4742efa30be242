import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { managersQuery } from '@/api/entering';
import { useText } from '@/i18n/use-text';
import styles from './records.module.css';

/** Oneself, or one of those for whom one may enter; nothing is asked where there is nobody. */
export function ForWhom({ value, error, onChange }: Readonly<{
  value: string; error?: string | undefined; onChange: (manager: string) => void;
}>) {
  const { t } = useText();
  const { data } = useQuery(managersQuery);
  const managers = data?.managers ?? [];
  if (managers.length === 0 && value === '') return null;
  return (
    <div className={styles.formField}>
      <label htmlFor="entered-for">{t('entering.for')}</label>
      <Select
        id="entered-for" value={value} status={error === undefined ? '' : 'error'}
        options={[
          { value: '', label: t('entering.myself') },
          ...managers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={onChange} style={{ width: '100%' }}
      />
      {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
    </div>
  );
}
