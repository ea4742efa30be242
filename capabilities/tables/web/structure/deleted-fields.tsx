import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { labelOf } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { deletedQuery } from './structure-api';
import styles from './structure.module.css';

type Props = Readonly<{ object: ObjectMeta; onRestore: (field: string) => Promise<void> }>;

/** Deleted fields of a table that can still be brought back with their values. */
export function DeletedFields({ object, onRestore }: Props) {
  const { t, language } = useText();
  const found = useQuery(deletedQuery);
  const fields = found.data?.fields.filter((field) => field.object === object.api_name) ?? [];
  if (fields.length === 0) return null;
  return (
    <Panel title={t('structure.deleted_fields')} flush>
      <table className={styles.fields}>
        <tbody>
          {fields.map((field) => (
            <tr key={field.api_name}>
              <th scope="row">{labelOf(field.label, language, field.api_name)}</th>
              <td className="faint">
                {t('structure.until', { day: field.restorable_until.slice(0, 10) })}
              </td>
              <td className={styles.actions}>
                <Button size="small" onClick={() => void onRestore(field.api_name)}>
                  {t('structure.restore')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
