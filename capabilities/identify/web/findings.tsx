import type { UseQueryResult } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { Link } from 'react-router';
import { useText } from '@/i18n/use-text';
import { listPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { Bone, FailedLine } from '@/ui/states';
import type { Finding } from './ranking-api';
import styles from './abc.module.css';

type Props = Readonly<{ found: UseQueryResult<{ findings: readonly Finding[] }> }>;

/** What the figures say in plain words; each sentence opens the records behind it. */
export function Findings({ found }: Props) {
  const { t } = useText();
  return (
    <Panel title={t('identify.findings')}>
      {found.isPending && (
        <div className={styles.findings}>
          {Array.from({ length: 4 }, (_, index) => <Bone key={index} width="90%" height={32} />)}
        </div>
      )}
      {found.isError && <FailedLine error={found.error} retry={() => void found.refetch()} />}
      {found.data?.findings.length === 0 && (
        <p className="faint">{t('identify.findings_none')}</p>
      )}
      <ol className={styles.findings}>
        {found.data?.findings.map((finding) => (
          <li key={finding.code + finding.text}><FindingLine finding={finding} /></li>
        ))}
      </ol>
    </Panel>
  );
}

export function FindingLine({ finding }: Readonly<{ finding: Finding }>) {
  const { object, where, text } = finding;
  if (!object || !where) return <span className={styles.finding}>{text}</span>;
  const search = new URLSearchParams({ where: JSON.stringify(where) }).toString();
  return (
    <Link className={styles.finding} to={`${listPath(object)}?${search}`}>
      <span>{text}</span>
      <ArrowRight size={14} aria-hidden />
    </Link>
  );
}
