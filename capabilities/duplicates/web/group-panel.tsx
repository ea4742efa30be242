import { useQuery } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import type { Group, Pair, Twin } from './duplicates-api';
import styles from './duplicates.module.css';

const SHOWN = ['code', 'city', 'owner.name'] as const;

/** What tells the accounts of a group apart, by id. */
function useDetails(twins: readonly Twin[]): (id: string) => string {
  const object = useObjectMeta('account');
  const known = new Set(object?.fields.map((field) => field.api_name));
  const select = SHOWN.filter((path) => known.has(path.split('.')[0] ?? ''));
  const found = useQuery({
    ...recordQuery('account', {
      select, where: { op: 'in', field: 'id', value: twins.map(({ id }) => id) },
      page: { limit: twins.length },
    }),
    enabled: select.length > 0,
  });
  const texts = new Map((found.data?.records ?? []).map(({ id, fields }) => [
    id, select.map((path) => asText(fields[path])).filter(Boolean).join(' · '),
  ]));
  return (id) => texts.get(id) ?? '';
}

type Props = Readonly<{ group: Group; onMerge: (pair: Pair) => void }>;

/** One group: which account is kept, and a button for each of the others. */
export function GroupPanel({ group, onMerge }: Props) {
  const { t } = useText();
  const [first] = group.accounts;
  const [chosen, setChosen] = useState(first?.id ?? '');
  const kept = group.accounts.find(({ id }) => id === chosen) ?? first;
  const details = useDetails(group.accounts);
  if (!kept) return null;
  return (
    <Panel title={group.name} flush>
      <div role="radiogroup" aria-label={t('duplicates.keep')}>
        <ul className={styles.list}>
          {group.accounts.map((twin) => (
            <li key={twin.id} className={styles.entry}>
              <Radio
                checked={twin.id === kept.id}
                aria-label={t('duplicates.keep_name', { name: twin.name })}
                onChange={() => {
                  setChosen(twin.id);
                }}
              />
              <span className={styles.name}>
                <Link to={`/accounts/${twin.id}`}>{twin.name}</Link>
                <span className={styles.details}>{details(twin.id)}</span>
                {twin.by_other_name && (
                  <span className={styles.tag}>{t('duplicates.by_other_name')}</span>
                )}
                {twin.by_short_name && (
                  <span className={styles.tag}>{t('duplicates.by_short_name')}</span>
                )}
              </span>
              {twin.id === kept.id ? <span className={styles.kept}>{t('duplicates.kept')}</span> : (
                <Button
                  size="small"
                  onClick={() => {
                    onMerge({ kept, removed: twin });
                  }}
                >
                  {t('duplicates.merge')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
