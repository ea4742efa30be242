import { Input, Modal } from 'antd';
import { Search } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useText } from '@/i18n/use-text';
import { matching, useFixedItems, useFoundRecords } from './palette-items';
import type { PaletteItem } from './palette-items';
import styles from './palette.module.css';

const TYPING_PAUSE_MS = 150;

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setPaused(text);
    }, TYPING_PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [text]);
  return paused;
}

type Props = Readonly<{ onClose: () => void; onPins: () => void }>;

/** One box for everything: search records, jump to a page, run an action. */
export default function Palette({ onClose, onPins }: Props) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const [marked, setMarked] = useState(0);
  const fixed = useFixedItems(onPins);
  const found = useFoundRecords(useDeferredValue(usePaused(typed.trim())));
  const items = typed.trim() === ''
    ? fixed : [...matching(fixed, typed), ...found.items];
  const at = Math.min(marked, items.length - 1);
  const run = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    item.perform();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setMarked((at + step + items.length) % Math.max(1, items.length));
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      run(items[at]);
    }
  };
  return (
    <Modal
      open footer={null} closable={false} onCancel={onClose} width={600}
      style={{ top: '12vh' }} styles={{ container: { padding: 0 } }}
      title={<span className="visually-hidden">{t('palette.title')}</span>}
      classNames={{ header: styles.header }}
      afterOpenChange={(isOpen) => {
        if (isOpen) document.getElementById('palette-input')?.focus();
      }}
    >
      <div onKeyDown={onKeyDown} className={styles.palette}>
        <Input
          id="palette-input"
          autoFocus
          variant="borderless"
          className={styles.box}
          size="large"
          prefix={<Search size={16} aria-hidden />}
          placeholder={t('palette.placeholder')}
          role="combobox"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={items[at] ? `palette-${at}` : undefined}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setMarked(0);
          }}
        />
        <Results items={items} at={at} onRun={run} onMark={setMarked} />
        {items.length === 0 && (
          <p className={styles.nothing} role="status">
            {t(found.fetching ? 'state.loading' : 'state.nothing_found')}
          </p>
        )}
      </div>
    </Modal>
  );
}

type ResultsProps = Readonly<{
  items: readonly PaletteItem[];
  at: number;
  onRun: (item: PaletteItem) => void;
  onMark: (index: number) => void;
}>;

function Results({ items, at, onRun, onMark }: ResultsProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <ul id="palette-list" role="listbox" className={styles.list} ref={list}>
      {items.map((item, index) => {
        const Icon = item.icon;
        const isFirst = items[index - 1]?.group !== item.group;
        return (
          <li
            key={item.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.item}
            data-group={isFirst ? item.group : undefined}
            onClick={() => {
              onRun(item);
            }}
            onMouseMove={() => {
              if (index !== at) onMark(index);
            }}
          >
            <Icon size={16} strokeWidth={1.8} aria-hidden />
            <span className={styles.label}>{item.label}</span>
            <span className={styles.group}>{item.group}</span>
          </li>
        );
      })}
    </ul>
  );
}
