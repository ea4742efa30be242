import { Button, Input } from 'antd';
import { ListFilter, Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ChangeEvent, CompositionEvent } from 'react';
import type { FieldMeta, ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { useUrlState } from '@/ui/url-state';
import { ColumnPicker } from './column-picker';
import { FilterText } from './filter-text';
import { filterFromUrl } from './list-state';
import styles from './records.module.css';

const TYPING_PAUSE_MS = 250;

/** The search box: what is typed reaches the URL after a pause, never inside a composition. */
export function useSearchBox() {
  const [params, change] = useUrlState();
  const applied = params.get('q') ?? '';
  const [typed, setTyped] = useState(applied);
  const composing = useRef(false);
  const [lastApplied, setLastApplied] = useState(applied);
  if (applied !== lastApplied) {
    setLastApplied(applied);
    setTyped(applied);
  }
  useEffect(() => {
    if (typed === applied || composing.current) return undefined;
    const timer = window.setTimeout(() => {
      change({ q: typed.trim() }, { replace: true });
    }, TYPING_PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [typed, applied, change]);
  return {
    value: typed,
    onCompositionStart: () => {
      composing.current = true;
    },
    onCompositionEnd: (event: CompositionEvent<HTMLInputElement>) => {
      composing.current = false;
      change({ q: event.currentTarget.value.trim() }, { replace: true });
    },
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      setTyped(event.target.value);
    },
  };
}

type Props = Readonly<{ object: ObjectMeta; shown: readonly FieldMeta[] }>;

export function ListToolbar({ object, shown }: Props) {
  const { t } = useText();
  const [params, change] = useUrlState();
  const box = useSearchBox();
  const where = filterFromUrl(params.get('where'));
  return (
    <div className={styles.toolbar}>
      <Input
        className={styles.search}
        allowClear
        type="search"
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        prefix={<Search size={15} aria-hidden className={styles.faint} />}
        {...box}
      />
      {where && (
        <span className={styles.chip}>
          <ListFilter size={13} aria-hidden />
          <FilterText filter={where} object={object} />
          <Button
            type="text"
            size="small"
            aria-label={t('list.clear')}
            icon={<X size={13} />}
            onClick={() => {
              change({ where: null, from: null });
            }}
          />
        </span>
      )}
      <span className={styles.spring} />
      <ColumnPicker
        object={object}
        shown={shown}
        onChange={(names) => {
          change({ cols: names.join('.') }, { replace: true });
        }}
        onReset={() => {
          change({ cols: null }, { replace: true });
        }}
      />
    </div>
  );
}
