import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { FolderOutput } from 'lucide-react';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { packPath, packsQuery } from './pack-api';
import styles from './dossier.module.css';

/** Who has which cards with him, and since when. */
export default function PacksPage() {
  const { t } = useText();
  const { workspace } = useMeta();
  const [params, change] = useUrlState();
  const all = params.get('show') === 'all';
  const found = useQuery(packsQuery(all));
  const rows = found.data?.records ?? [];
  const when = (value: unknown) => {
    const text = asText(value);
    return text === '' ? '' : formatDateTime(text, workspace.time_zone);
  };
  return (
    <Page
      title={t('dossier.packs')} note={t('dossier.packs_note')}
      tools={(
        <Segmented
          aria-label={t('dossier.packs_show')} value={all ? 'all' : 'out'}
          options={[
            { value: 'out', label: t('dossier.packs_out') },
            { value: 'all', label: t('dossier.packs_all') },
          ]}
          onChange={(next) => {
            change({ show: next === 'all' ? 'all' : null }, { replace: true });
          }}
        />
      )}
    >
      <Panel flush>
        {found.isPending && <TableSkeleton rows={4} columns={4} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && rows.length === 0 && (
          <Notice
            icon={FolderOutput} title={t('dossier.packs_none')} text={t('dossier.packs_none_text')}
          />
        )}
        {rows.length > 0 && (
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('dossier.packs_what')}</th>
                  <th scope="col">{t('dossier.packs_who')}</th>
                  <th scope="col">{t('dossier.packs_taken')}</th>
                  <th scope="col">{t('dossier.packs_returned')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ id, fields }) => (
                  <tr key={id}>
                    <td><Link to={packPath(id)}>{asText(fields.name)}</Link></td>
                    <td>{asText(fields['owner.name'])}</td>
                    <td className="tabular">{when(fields.taken_at)}</td>
                    <td className="tabular">
                      {when(fields.returned_at) || (
                        <span className={styles.chipStrong}>{t('dossier.packs_out')}</span>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
    </Page>
  );
}
