import { Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '@/i18n/use-text';
import { clearCells, copyText, fillDown, removeRows, selectedArea } from './actions';
import { recordOn } from './environment';
import type { GridEnvironment } from './environment';
import { placeAt } from './pointer';
import { selectCell } from './selection';

type Props = Readonly<{ env: GridEnvironment; rowHeight: number; children: ReactNode }>;

/** What can be done with the chosen cells, under the right button. */
export function RowMenu({ env, rowHeight, children }: Props) {
  const { t } = useText();
  const focused = () => {
    const place = env.selection.get()?.focus;
    return { record: place && recordOn(env, place.line), place };
  };
  const perform: Readonly<Record<string, () => void>> = {
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
  };
  const { update, delete: mayDelete } = env.object.rights;
  return (
    <Dropdown
      trigger={['contextMenu']}
      menu={{
        items: [
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
          if (!scroll) return;
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
