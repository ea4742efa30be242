import { Button, Dropdown } from 'antd';
import {
  ArrowDownUp, CloudOff, Columns3, Group, ListFilter, Palette, Plus, Redo2, Rows3, Undo2, Upload,
} from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { labelOf } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { FilterBuilder } from '@/filter/filter-builder';
import { conditions } from '@/filter/filter-ops';
import { useText } from '@/i18n/use-text';
import { editsOf } from '../edits/edits';
import type { Edits } from '../edits/edits';
import { ROW_HEIGHTS } from '../views/definition';
import type { RowHeight } from '../views/definition';
import type { OpenView } from '../views/use-view';
import { ExportMenu } from './export-menu';
import { FieldsPanel } from './fields-panel';
import { GroupPanel, SortPanel } from './key-panels';
import { SearchBox } from './search-box';
import { Tool } from './tool';
import styles from './toolbar.module.css';

type Props = Readonly<{ object: ObjectMeta; view: OpenView; onCreate: () => void }>;

const HEIGHT_TEXTS: Readonly<Record<RowHeight, string>> = {
  short: 'tables.height_short', medium: 'tables.height_medium', tall: 'tables.height_tall',
};

function LookMenus({ object, view }: Readonly<{ object: ObjectMeta; view: OpenView }>) {
  const { t, language } = useText();
  const coloured = object.fields.filter((field) => field.type === 'select');
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          selectedKeys: [view.definition.height ?? 'short'],
          items: (Object.keys(ROW_HEIGHTS) as RowHeight[]).map((key) => (
            { key, label: t(HEIGHT_TEXTS[key]) }
          )),
          onClick: ({ key }) => {
            view.change({ height: key as RowHeight });
          },
        }}
      >
        <Button type="text" aria-label={t('tables.row_height')} icon={<Rows3 size={15} />} />
      </Dropdown>
      <Dropdown
        trigger={['click']} disabled={coloured.length === 0}
        menu={{
          selectedKeys: [view.definition.colour ?? ''],
          items: [
            { key: '', label: t('tables.no_colour') },
            ...coloured.map((field) => (
              { key: field.api_name, label: labelOf(field.label, language, field.api_name) }
            )),
          ],
          onClick: ({ key }) => {
            view.change({ colour: key === '' ? undefined : key });
          },
        }}
      >
        <Button type="text" aria-label={t('tables.colour')} icon={<Palette size={15} />} />
      </Dropdown>
    </>
  );
}

/** Cells that could not be sent yet. */
function Unsent({ object }: Readonly<{ object: ObjectMeta }>) {
  const { t } = useText();
  const { marks } = editsOf(object.api_name);
  const all = useSyncExternalStore(marks.subscribe, marks.get);
  const waiting = [...all.values()].flatMap((fields) => Object.values(fields))
    .filter((mark) => mark.state === 'waiting').length;
  if (waiting === 0) return null;
  return (
    <span role="status" className={styles.unsent}>
      <CloudOff size={14} aria-hidden />
      {t('tables.waiting', { n: waiting })}
    </span>
  );
}

/** Ctrl+Z and Ctrl+Y wherever nobody is typing; the grid has them of its own. */
function useUndoKeys(edits: Edits): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = (event.target as Element).closest('input, textarea, [contenteditable]');
      if (event.defaultPrevented || typing || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      void (key === 'y' || event.shiftKey ? edits.redo() : edits.undo());
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [edits]);
}

function UndoButtons({ object }: Readonly<{ object: ObjectMeta }>) {
  const { t } = useText();
  const edits = editsOf(object.api_name);
  useUndoKeys(edits);
  const depth = useSyncExternalStore(edits.depth.subscribe, edits.depth.get);
  return (
    <>
      <Button
        type="text" aria-label={t('action.undo')} disabled={depth.undo === 0}
        onClick={() => void edits.undo()} icon={<Undo2 size={15} />}
      />
      <Button
        type="text" aria-label={t('tables.redo')} disabled={depth.redo === 0}
        onClick={() => void edits.redo()} icon={<Redo2 size={15} />}
      />
    </>
  );
}

export function Toolbar({ object, view, onCreate }: Props) {
  const { t } = useText();
  const navigate = useNavigate();
  const { definition, kind } = view;
  const isGrid = kind === 'grid';
  const measures = kind === 'pivot' || kind === 'dashboard';
  const sorted = isGrid || kind === 'kanban' || kind === 'gallery' || kind === 'gantt';
  return (
    <div className={styles.toolbar}>
      {object.rights.create && (
        <Button type="primary" icon={<Plus size={15} aria-hidden />} onClick={onCreate}>
          {t('list.create')}
        </Button>
      )}
      {!measures && (
        <Tool icon={Columns3} label={t('list.columns')}>
          {() => <FieldsPanel object={object} view={view} />}
        </Tool>
      )}
      <Tool icon={ListFilter} label={t('tables.filter')} count={conditions(definition.where)}>
        {() => (
          <FilterBuilder
            object={object} filter={definition.where}
            onChange={(where) => {
              view.change({ where });
            }}
          />
        )}
      </Tool>
      {isGrid && (
        <Tool icon={Group} label={t('tables.group')} count={definition.group?.length}>
          {() => <GroupPanel object={object} view={view} />}
        </Tool>
      )}
      {sorted && (
        <Tool icon={ArrowDownUp} label={t('tables.sort')} count={definition.sort?.length}>
          {() => <SortPanel object={object} view={view} />}
        </Tool>
      )}
      {isGrid && <LookMenus object={object} view={view} />}
      <span className={styles.spring} />
      <Unsent object={object} />
      <UndoButtons object={object} />
      {object.rights.import && (
        <Button
          type="text" icon={<Upload size={15} />} aria-label={t('tables.import')}
          onClick={() => void navigate(`/import?object=${object.api_name}`)}
        />
      )}
      {kind !== 'form' && <ExportMenu object={object} view={view} />}
      <SearchBox />
    </div>
  );
}
