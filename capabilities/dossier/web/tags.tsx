import { useQuery } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import { useText } from '@/i18n/use-text';
import styles from './dossier.module.css';

type Tags = components['schemas']['AccountTags'];

/** Tags given by hand, and those that follow from the data. */
export function AccountTags({ account }: Readonly<{ account: string }>) {
  const { t } = useText();
  const found = useQuery({
    queryKey: ['records', 'account', 'tags', account], retry: false,
    queryFn: () => api.get<Tags>(`/identify/accounts/${account}/tags`),
  });
  return (found.data?.tags ?? []).map(({ id, name, dynamic }) => (dynamic ? (
    <Tooltip key={id} title={t('dossier.dynamic_tag')}>
      <span className={styles.dynamicTag} tabIndex={0}>{name}</span>
    </Tooltip>
  ) : <span key={id} className={styles.givenTag}>{name}</span>));
}
