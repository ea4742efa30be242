import { Button } from 'antd';
import { Maximize, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { labelOf } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import type { Language } from '@/i18n/language';
import type { Translate } from '@/i18n/use-text';
import { useText } from '@/i18n/use-text';
import shared from '../shared/shared.module.css';
import { groupable } from '../toolbar/key-panels';
import type { Tile } from '../views/definition';
import type { ViewProps } from '../views/pages';
import { TileBox } from './tile';
import { TileDialog } from './tile-dialog';
import styles from './dashboard.module.css';

/** What a new dashboard shows: how many there are, by the first choices, over time. */
function firstTiles(object: ObjectMeta, t: Translate, language: Language): readonly Tile[] {
  const name = labelOf(object.label, language, object.api_name);
  const choices = groupable(object).filter((field) => field.type === 'select').slice(0, 2);
  const days = groupable(object).filter(({ type }) => type === 'date' || type === 'datetime');
  const day = days.find((field) => !field.system) ?? days[0];
  const count = { fn: 'count' as const };
  return [
    {
      id: 'count', kind: 'metric', title: t('dashboard.count_of', { object: name }),
      measure: count,
    },
    ...choices.map((field, at): Tile => ({
      id: field.api_name, kind: at === 0 ? 'bar' : 'pie', measure: count,
      title: labelOf(field.label, language, field.api_name), group: { field: field.api_name },
    })),
    ...(day ? [{
      id: day.api_name, kind: 'line' as const, measure: count,
      title: labelOf(day.label, language, day.api_name),
      group: { field: day.api_name, bucket: 'month' as const },
    }] : []),
  ];
}

/** Figures and charts over the records of the view; each opens the records behind it. */
export default function Dashboard(props: ViewProps) {
  const { object, view } = props;
  const { t, language } = useText();
  const [edited, setEdited] = useState<Tile | 'new' | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const tiles = view.definition.tiles ?? firstTiles(object, t, language);
  const change = (next: readonly Tile[]) => {
    view.change({ tiles: next });
  };
  const move = (dragged: string, to: Tile) => {
    const tile = tiles.find(({ id }) => id === dragged);
    if (!tile || tile === to) return;
    const at = tiles.indexOf(to);
    const rest = tiles.filter((one) => one !== tile);
    change([...rest.slice(0, at), tile, ...rest.slice(at)]);
  };
  return (
    <>
      <div className={shared.options}>
        <Button
          size="small" icon={<Plus size={14} />}
          onClick={() => {
            setEdited('new');
          }}
        >
          {t('dashboard.add')}
        </Button>
        <Button
          size="small" type="text" icon={<Maximize size={14} />}
          onClick={() => void box.current?.requestFullscreen()}
        >
          {t('dashboard.full_screen')}
        </Button>
      </div>
      <div className={styles.tiles} ref={box}>
        {tiles.map((tile) => (
          <TileBox
            key={tile.id} {...props} tile={tile}
            onEdit={() => {
              setEdited(tile);
            }}
            onRemove={() => {
              change(tiles.filter((one) => one !== tile));
            }}
            onMove={(dragged) => {
              move(dragged, tile);
            }}
          />
        ))}
      </div>
      {edited && (
        <TileDialog
          object={object} tile={edited === 'new' ? null : edited}
          onClose={() => {
            setEdited(null);
          }}
          onSave={(tile) => {
            setEdited(null);
            change(edited === 'new' ? [...tiles, tile]
              : tiles.map((one) => (one === edited ? tile : one)));
          }}
        />
      )}
    </>
  );
}
