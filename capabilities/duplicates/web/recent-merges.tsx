import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { recentMerges } from './duplicates-api';
import { useUndo } from './merge-dialog';
import styles from './duplicates.module.css';

/** What was merged lately; each can be taken back. */
export function RecentMerges() {
  const { t } = useText();
  const { workspace } = useMeta();
  const found = useQuery(recentMerges);
  const undo = useUndo();
  const merges = found.data?.records ?? [];
  if (merges.length === 0) return null;
  return (
    <Panel title={t('duplicates.recent')} flush>
      <ul className={styles.list}>
        {merges.map(({ id, fields }) => (
          <li key={id} className={styles.entry}>
            <span className={styles.name}>
              <span>
                {asText(fields.removed_name)} →{' '}
                <Link to={`/accounts/${asText(fields.kept)}`}>{asText(fields['kept.name'])}</Link>
              </span>
              <span className={styles.details}>
                {[
                  asText(fields['merged_by.name']),
                  formatDateTime(asText(fields.merged_at), workspace.time_zone),
                  asText(fields.reason),
                ].filter(Boolean).join(' · ')}
              </span>
            </span>
            {fields.state === 'undone' ? (
              <span className={styles.kept}>{t('duplicates.was_undone')}</span>
            ) : (
              <Popconfirm
                title={t('duplicates.sure_undo')} okText={t('duplicates.undo')}
                cancelText={t('action.cancel')}
                onConfirm={() => {
                  undo.mutate(id);
                }}
              >
                <Button size="small" loading={undo.isPending && undo.variables === id}>
                  {t('duplicates.undo')}
                </Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
