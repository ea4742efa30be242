import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { FileSpreadsheet } from 'lucide-react';
import { Link, useNavigate } from 'react-router';
import { useMeta } from '@/api/meta';
import { importList } from '@/imports/import-api';
import { IMPORT_STATES } from '@/imports/import-states';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { Bone, FailedLine } from '@/ui/states';
import styles from './today.module.css';

const SHOWN = 6;

export function RecentImports() {
  const { t } = useText();
  const { workspace } = useMeta();
  const navigate = useNavigate();
  const found = useQuery(importList(SHOWN));
  return (
    <Panel
      title={t('today.imports')}
      tools={(
        <Button size="small" onClick={() => void navigate('/import')}>
          {t('today.new_import')}
        </Button>
      )}
    >
      {found.isPending && <Bone width="100%" height={80} />}
      {found.isError && <FailedLine error={found.error} retry={() => void found.refetch()} />}
      {found.data?.imports.length === 0 && <p className="faint">{t('today.imports_none')}</p>}
      <ul className={styles.findings}>
        {found.data?.imports.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <Link className={styles.import} to={`/import/${one.id}`}>
              <FileSpreadsheet size={15} aria-hidden />
              <span className={styles.file}>{one.file_name}</span>
              <span className="faint">{t(IMPORT_STATES[one.state])}</span>
              {one.created_at && (
                <time className={styles.when} dateTime={one.created_at}>
                  {formatDateTime(one.created_at, workspace.time_zone)}
                </time>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
