import { Button } from 'antd';
import { CloudOff, FileQuestion, Lock, RotateCw } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import styles from './states.module.css';

type NoticeProps = Readonly<{
  icon: LucideIcon;
  title: string;
  text?: string;
  tone?: 'calm' | 'danger';
  children?: ReactNode;
}>;

export function Notice({ icon: Icon, title, text, tone = 'calm', children }: NoticeProps) {
  return (
    <div className={styles.notice} role={tone === 'danger' ? 'alert' : undefined}>
      <span className={tone === 'danger' ? styles.danger : styles.icon}>
        <Icon size={22} strokeWidth={1.6} aria-hidden />
      </span>
      <h2 className={styles.title}>{title}</h2>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  );
}

/** Failed, forbidden or gone: says which, and offers to try again where that can help. */
export function Failed({ error, retry }: Readonly<{ error: unknown; retry?: () => void }>) {
  const { t } = useText();
  const problem = asProblem(error);
  if (problem.code === 'forbidden') {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  if (problem.code === 'not_found') {
    const text = t('state.not_found_text');
    return <Notice icon={FileQuestion} title={t('state.not_found')} text={text} />;
  }
  return (
    <Notice icon={CloudOff} tone="danger" title={t('state.failed')} text={problemText(problem, t)}>
      {retry && (
        <Button icon={<RotateCw size={14} />} onClick={retry}>{t('action.retry')}</Button>
      )}
    </Notice>
  );
}

/** A line above content that is still there: what failed, and try again. */
export function FailedLine({ error, retry }: Readonly<{ error: unknown; retry?: () => void }>) {
  const { t } = useText();
  return (
    <div className={styles.line} role="alert">
      <span>{problemText(asProblem(error), t)}</span>
      {retry && <Button size="small" type="text" onClick={retry}>{t('action.retry')}</Button>}
    </div>
  );
}

type BoneProps = Readonly<{ width: number | string; height?: number }>;

export function Bone({ width, height = 14 }: BoneProps) {
  return <span className={styles.bone} style={{ width, height }} />;
}

/** The skeleton of a table: the real layout, without its content. */
export function TableSkeleton({ rows = 10, columns = 5 }: { rows?: number; columns?: number }) {
  const { t } = useText();
  return (
    <div className={styles.skeleton} role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div className={styles.skeletonRow} key={row}>
          {Array.from({ length: columns }, (__, column) => (
            <Bone key={column} width={`${50 + ((row * 7 + column * 13) % 5) * 9}%`} />
          ))}
        </div>
      ))}
    </div>
  );
}

export function PageSkeleton() {
  return (
    <div className={styles.page}>
      <Bone width={180} height={22} />
      <Bone width="40%" />
      <TableSkeleton />
    </div>
  );
}
