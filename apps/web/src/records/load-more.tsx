import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useText } from '@/i18n/use-text';
import styles from './records.module.css';

type Props = Readonly<{ hasMore: boolean; loading: boolean; onMore: () => void }>;

/** Asks for the next page when the end of the list comes into view; also a plain button. */
export function LoadMore({ hasMore, loading, onMore }: Props) {
  const { t } = useText();
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = mark.current;
    if (!element || !hasMore || loading) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) onMore();
    }, { rootMargin: '400px' });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [hasMore, loading, onMore]);
  if (!hasMore) return null;
  return (
    <div ref={mark} className={styles.more}>
      <Button type="text" loading={loading} onClick={onMore}>{t('list.more')}</Button>
    </div>
  );
}
