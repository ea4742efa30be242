import { Button } from 'antd';
import { Trash2, X } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { useText } from '@/i18n/use-text';
import { formatCount } from '@/lib/money';
import { removeRows } from './actions';
import { BulkEdit } from './bulk-edit';
import type { GridEnvironment } from './environment';
import { areaOf } from './selection';
import styles from './grid.module.css';

/** What can be done with several chosen rows at once. */
export function SelectionBar({ env }: Readonly<{ env: GridEnvironment }>) {
  const { t } = useText();
  const [editing, setEditing] = useState(false);
  const selection = useSyncExternalStore(env.selection.subscribe, env.selection.get);
  if (!selection?.rows) return null;
  const { top, bottom } = areaOf(selection, env.columns.all.length);
  const { update, delete: mayDelete } = env.object.rights;
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('tables.chosen_rows')}>
      <span className="tabular">
        {t('tables.rows_chosen', { n: formatCount(bottom - top + 1) })}
      </span>
      {update && (
        <Button
          type="text" size="small"
          onClick={() => {
            setEditing(true);
          }}
        >
          {t('tables.bulk_edit')}
        </Button>
      )}
      {mayDelete && (
        <Button
          type="text" size="small" danger icon={<Trash2 size={14} />}
          onClick={() => void removeRows(env)}
        >
          {t('action.delete')}
        </Button>
      )}
      <Button
        type="text" size="small" icon={<X size={14} />} aria-label={t('action.close')}
        onClick={() => {
          env.selection.set(null);
        }}
      />
      {editing && (
        <BulkEdit
          env={env}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
    </div>
  );
}
