import { Dropdown } from 'antd';
import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useText } from '@/i18n/use-text';
import { isRefused } from '../edits/edits';
import type { Mark } from '../edits/edits';
import { clearCells, copyText, fillDown, removeRows, selectedArea, tellOutcome } from './actions';
import { recordOn } from './environment';
import type { GridEnvironment } from './environment';
import { placeAt } from './pointer';
import { selectCell } from './selection';

type Props = Readonly<{ env: GridEnvironment; rowHeight: number; children: ReactNode }>;

/** What became of the change of the focused cell, when it was not simply stored. */
function markOf(env: GridEnvironment): Mark | undefined {
  const place = env.selection.get()?.focus;
  const record = place && recordOn(env, place.line);
  const name = place && env.columns.all[place.column]?.field.api_name;
  return record && name ? env.edits.marks.get().get(record.id)?.[name] : undefined;
}

async function keepMine(env: GridEnvironment, { change, theirs }: Mark): Promise<void> {
  if (!change) return;
  tellOutcome(env, await env.edits.insist(change, theirs === undefined ? change.from : theirs));
}

function actionsOf(env: GridEnvironment): Readonly<Record<string, () => void>> {
  const focused = () => {
    const place = env.selection.get()?.focus;
    return { record: place && recordOn(env, place.line), place };
  };
  return {
    open: () => {
      const { record } = focused();
      if (record) env.openRecord(record.id);
    },
    history: () => {
      const { record, place } = focused();
      const column = place && env.columns.all[place.column];
      if (record && column) env.openRecord(record.id, column.field.api_name);
    },
    copy: () => void copyText(env).then((text) => navigator.clipboard.writeText(text)),
    clear: () => void clearCells(env),
    fill: () => void fillDown(env),
    remove: () => void removeRows(env),
    mine: () => {
      const mark = markOf(env);
      if (mark?.change) void keepMine(env, mark);
    },
    theirs: () => {
      const { record, place } = focused();
      const column = place && env.columns.all[place.column];
      if (record && column) env.edits.forget(record.id, column.field.api_name);
    },
  };
}

/** What can be done with the chosen cells, under the right button. */
export function RowMenu({ env, rowHeight, children }: Props) {
  const { t } = useText();
  const perform = actionsOf(env);
  const marks = useSyncExternalStore(env.edits.marks.subscribe, env.edits.marks.get);
  const selection = useSyncExternalStore(env.selection.subscribe, env.selection.get);
  const mark = marks.size > 0 && selection ? markOf(env) : undefined;
  const { update, delete: mayDelete } = env.object.rights;
  return (
    <Dropdown
      trigger={['contextMenu']}
      menu={{
        items: [
          ...(mark && isRefused(mark) ? [
            { key: 'mine', label: t('tables.keep_mine'), disabled: !mark.change },
            { key: 'theirs', label: t('tables.take_stored') },
            { type: 'divider' as const },
          ] : []),
          { key: 'open', label: t('tables.open_record') },
          { key: 'history', label: t('tables.cell_history') },
          { type: 'divider' },
          { key: 'copy', label: t('tables.copy') },
          { key: 'fill', label: t('tables.fill_down'), disabled: !update },
          { key: 'clear', label: t('tables.clear_cells'), disabled: !update },
          { type: 'divider' },
          { key: 'remove', label: t('tables.remove_rows'), danger: true, disabled: !mayDelete },
        ],
        onClick: ({ key }) => {
          perform[key]?.();
        },
      }}
    >
      <div
        style={{ display: 'contents' }}
        onContextMenu={(event) => {
          const scroll = event.currentTarget.parentElement;
          if (!scroll?.contains(event.target as Node)) return;
          const place = placeAt(env, {
            currentTarget: scroll, clientX: event.clientX, clientY: event.clientY,
          }, rowHeight);
          const area = selectedArea(env);
          const inside = place && area && place.line >= area.top && place.line <= area.bottom;
          if (!place || inside) return;
          selectCell(env.selection, { ...place, column: Math.max(0, place.column) });
        }}
      >
        {children}
      </div>
    </Dropdown>
  );
}
