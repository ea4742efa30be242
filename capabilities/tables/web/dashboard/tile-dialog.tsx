import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { MeasureKeys } from '../shared/measure-keys';
import styles from '../tables.module.css';
import { GroupKeys } from '../toolbar/key-panels';
import { TILE_KINDS } from '../views/definition';
import type { MeasureKey, Tile, TileKind } from '../views/definition';

type Props = Readonly<{
  object: ObjectMeta; tile: Tile | null; onSave: (tile: Tile) => void; onClose: () => void;
}>;

const KIND_TEXTS: Readonly<Record<TileKind, string>> = {
  metric: 'dashboard.metric', trend: 'dashboard.trend', bar: 'dashboard.bar',
  line: 'dashboard.line', pie: 'dashboard.pie', funnel: 'dashboard.funnel',
  scatter: 'dashboard.scatter', table: 'dashboard.table', text: 'dashboard.text',
};
const LONGEST_TITLE = 120;
const COUNT: MeasureKey = { fn: 'count' };

/** What a tile shows and how. */
export function TileDialog({ object, tile, onSave, onClose }: Props) {
  const { t } = useText();
  const [draft, setDraft] = useState<Tile>(
    () => tile ?? { id: crypto.randomUUID(), kind: 'bar', title: '', measure: COUNT },
  );
  const grouped = draft.kind !== 'metric' && draft.kind !== 'text';
  const complete = draft.title.trim() !== '' && (!grouped || draft.group !== undefined);
  return (
    <Modal
      open title={t(tile ? 'dashboard.edit' : 'dashboard.add')} onCancel={onClose}
      okText={t('action.save')} cancelText={t('action.cancel')}
      okButtonProps={{ disabled: !complete }}
      onOk={() => {
        onSave(draft);
      }}
    >
      <div className={styles.stack}>
        <Select<TileKind>
          aria-label={t('dashboard.kind')} value={draft.kind}
          options={TILE_KINDS.map((value) => ({ value, label: t(KIND_TEXTS[value]) }))}
          onChange={(kind) => {
            setDraft({ ...draft, kind });
          }}
        />
        <Input
          aria-label={t('dashboard.title')} placeholder={t('dashboard.title')} value={draft.title}
          maxLength={LONGEST_TITLE}
          onChange={(event) => {
            setDraft({ ...draft, title: event.target.value });
          }}
        />
        {draft.kind === 'text' ? (
          <Input.TextArea
            aria-label={t('dashboard.text')} value={draft.text} autoSize={{ minRows: 3 }}
            onChange={(event) => {
              setDraft({ ...draft, text: event.target.value });
            }}
          />
        ) : (
          <MeasureKeys
            object={object} most={1} measures={[draft.measure ?? COUNT]}
            label={draft.kind === 'scatter' ? t('dashboard.x_axis') : undefined}
            onChange={([measure]) => {
              setDraft({ ...draft, measure });
            }}
          />
        )}
        {draft.kind === 'scatter' && (
          <MeasureKeys
            object={object} most={1} measures={[draft.up ?? COUNT]} label={t('dashboard.y_axis')}
            onChange={([up]) => {
              setDraft({ ...draft, up });
            }}
          />
        )}
        {grouped && (
          <GroupKeys
            object={object} most={1} keys={draft.group ? [draft.group] : []}
            onChange={([group]) => {
              setDraft({ ...draft, group });
            }}
          />
        )}
      </div>
    </Modal>
  );
}
