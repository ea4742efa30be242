import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Copy, Link2 } from 'lucide-react';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Bone } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { auditEnd } from './audit-api';
import styles from './audit.module.css';

/** Where the chain stands: whoever notes its last code can show later that nothing was touched. */
export function Chain() {
  const { t } = useText();
  const { workspace } = useMeta();
  const found = useQuery(auditEnd);
  const end = found.data;
  const copy = (code: string) => {
    navigator.clipboard.writeText(code).then(() => {
      showToast({ tone: 'success', text: t('audit.copied') });
    }).catch(() => {
      showToast({ tone: 'error', text: t('audit.copy_failed') });
    });
  };
  if (found.isError) return null;
  return (
    <section className={styles.chain} aria-label={t('audit.chain')}>
      <Link2 size={18} strokeWidth={1.6} aria-hidden />
      <div className={styles.chainText}>
        {end ? (
          <>
            <b className="tabular">
              {t('audit.chain_end', {
                n: end.seq, at: formatDateTime(end.at, workspace.time_zone),
              })}
            </b>
            <code className={styles.code}>{end.code}</code>
          </>
        ) : <Bone width="60%" />}
        <span className="faint">{t('audit.chain_text')}</span>
      </div>
      {end && (
        <Button
          size="small" icon={<Copy size={14} aria-hidden />}
          onClick={() => {
            copy(end.code);
          }}
        >
          {t('audit.copy')}
        </Button>
      )}
    </section>
  );
}
