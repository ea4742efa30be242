import { Dropdown } from 'antd';
import type { MenuProps } from 'antd';
import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import type { PointerEvent } from 'react';
import { labelOf } from '@/api/meta';
import { widgetOf } from '@/fields/widgets';
import { useText } from '@/i18n/use-text';
import type { OpenView } from '../views/use-view';
import { LEAST_WIDTH, MOST_WIDTH } from './columns';
import type { GridColumn } from './columns';
import type { GridEnvironment } from './environment';
import styles from './grid.module.css';

type Props = Readonly<{ env: GridEnvironment; view: OpenView }>;

/** The names of the columns; each is sorted, moved, widened and hidden from here. */
export function Header({ env, view }: Props) {
  const { t } = useText();
  const { columns, scroller } = env;
  const across = useSyncExternalStore(scroller.across.subscribe, scroller.across.get);
  const moving = columns.moving.slice(across.first, across.last + 1);
  return (
    <div role="row" aria-rowindex={1} className={styles.header} style={{ width: columns.width }}>
      <div className={styles.frozen} style={{ width: columns.frozenWidth }}>
        <div role="columnheader" className={styles.corner}>
          <span className="visually-hidden">{t('tables.row_number')}</span>
        </div>
        {columns.frozen.map((column) => (
          <Heading key={column.field.api_name} column={column} env={env} view={view} />
        ))}
      </div>
      {moving.map((column) => (
        <Heading key={column.field.api_name} column={column} env={env} view={view} />
      ))}
    </div>
  );
}

type HeadingProps = Props & Readonly<{ column: GridColumn }>;

/** Moves a column to the place of another. */
function movedTo(names: readonly string[], name: string, to: string): readonly string[] {
  if (name === to) return names;
  const forward = names.indexOf(name) < names.indexOf(to);
  const rest = names.filter((one) => one !== name);
  const at = rest.indexOf(to) + (forward ? 1 : 0);
  return [...rest.slice(0, at), name, ...rest.slice(at)];
}

function useHeadingMenu({ env, view, column }: HeadingProps): MenuProps {
  const { t } = useText();
  const name = column.field.api_name;
  const isPrimary = name === env.object.primary_field;
  const sortable = widgetOf(column.field.type).sortable && column.field.sensitivity !== 'personal';
  const names = env.columns.all.map(({ field }) => field.api_name);
  const perform: Readonly<Record<string, () => void>> = {
    asc: () => {
      view.change({ sort: [{ field: name, dir: 'asc', nulls: 'last' }] });
    },
    desc: () => {
      view.change({ sort: [{ field: name, dir: 'desc', nulls: 'last' }] });
    },
    group: () => {
      view.change({ group: [...(view.definition.group ?? []), { field: name }] });
    },
    freeze: () => {
      view.change({ frozen: column.index + 1 });
    },
    unfreeze: () => {
      view.change({ frozen: column.index });
    },
    hide: () => {
      view.change({ fields: names.filter((one) => one !== name) });
    },
  };
  const isFrozen = env.columns.frozen.includes(column);
  return {
    items: [
      ...(sortable ? [
        { key: 'asc', label: t('tables.sort_asc') }, { key: 'desc', label: t('tables.sort_desc') },
      ] : []),
      ...(sortable ? [{ key: 'group', label: t('tables.group_by_this') }] : []),
      isFrozen ? { key: 'unfreeze', label: t('tables.unfreeze') }
        : { key: 'freeze', label: t('tables.freeze') },
      ...(isPrimary ? [] : [{ key: 'hide', label: t('tables.hide') }]),
    ],
    onClick: ({ key }) => {
      perform[key]?.();
    },
  };
}

function Heading(props: HeadingProps) {
  const { column, env, view } = props;
  const { language } = useText();
  const menu = useHeadingMenu(props);
  const name = column.field.api_name;
  const sorted = view.definition.sort?.find((key) => key.field === name)?.dir;
  const label = labelOf(column.field.label, language, name);
  const movable = name !== env.object.primary_field;
  return (
    <div
      role="columnheader" aria-colindex={column.index + 2}
      aria-sort={sorted === undefined ? undefined : sorted === 'desc' ? 'descending' : 'ascending'}
      className={`${styles.heading} ${column.end ? styles.end : ''}`}
      style={{ left: column.left, width: column.width }}
      draggable={movable}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/column', name);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (movable) event.preventDefault();
      }}
      onDrop={(event) => {
        const moved = event.dataTransfer.getData('text/column');
        const names = env.columns.all.map(({ field }) => field.api_name);
        if (moved !== '') view.change({ fields: movedTo(names, moved, name) });
      }}
    >
      <Dropdown menu={menu} trigger={['click']}>
        <button type="button" className={styles.headingButton} title={label}>
          <span className={styles.headingText}>{label}</span>
          {sorted === 'asc' && <ArrowUp size={13} aria-hidden />}
          {sorted === 'desc' && <ArrowDown size={13} aria-hidden />}
          <ChevronDown size={13} aria-hidden className={styles.more} />
        </button>
      </Dropdown>
      <Edge column={column} view={view} />
    </div>
  );
}

/** The right edge of a heading: drawn to a new width. */
function Edge({ column, view }: Readonly<{ column: GridColumn; view: OpenView }>) {
  const [drag, setDrag] = useState<Readonly<{ from: number; by: number }> | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: event.clientX, by: 0 });
  };
  const onPointerUp = () => {
    if (drag && drag.by !== 0) {
      const width = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, column.width + drag.by));
      const widths = { ...view.definition.widths, [column.field.api_name]: Math.round(width) };
      view.change({ widths });
    }
    setDrag(null);
  };
  return (
    <i
      aria-hidden
      className={drag ? styles.edgeDragged : styles.edge}
      style={drag ? { transform: `translateX(${drag.by}px)` } : undefined}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (drag) setDrag({ ...drag, by: event.clientX - drag.from });
      }}
      onPointerUp={onPointerUp}
      onClick={(event) => {
        event.stopPropagation();
      }}
    />
  );
}
