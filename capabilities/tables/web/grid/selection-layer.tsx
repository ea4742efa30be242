import { useSyncExternalStore } from 'react';
import type { GridEnvironment } from './environment';
import { areaOf } from './selection';
import type { Area } from './selection';
import styles from './grid.module.css';

type Box = Readonly<{ top: number; left: number; width: number; height: number }>;

type Props = Readonly<{ env: GridEnvironment; rowHeight: number; filling: Area | null }>;

/** The parts of an area left and right of the edge of the frozen columns. */
export function boxes(env: GridEnvironment, area: Area, rowHeight: number, shift: number) {
  const { all, frozen } = env.columns;
  const top = area.top * rowHeight - shift;
  const height = (area.bottom - area.top + 1) * rowHeight;
  const box = (from: number, to: number): Box | null => {
    const [first, last] = [all[from], all[to]];
    if (!first || !last || to < from) return null;
    return { top, height, left: first.left, width: last.left + last.width - first.left };
  };
  return {
    fixed: box(area.left, Math.min(area.right, frozen.length - 1)),
    moving: box(Math.max(area.left, frozen.length), area.right),
  };
}

/** The chosen block, drawn over the cells: moving it draws no cell anew. */
export function SelectionLayer({ env, rowHeight, filling }: Props) {
  const selection = useSyncExternalStore(env.selection.subscribe, env.selection.get);
  const { shift } = useSyncExternalStore(env.scroller.seen.subscribe, env.scroller.seen.get);
  if (!selection) return null;
  const area = areaOf(selection, env.columns.all.length);
  const block = boxes(env, area, rowHeight, shift);
  const { line, column } = selection.focus;
  const focused = { top: line, bottom: line, left: column, right: column };
  const cell = boxes(env, focused, rowHeight, shift);
  const fill = filling && boxes(env, filling, rowHeight, shift);
  const side = area.right < env.columns.frozen.length ? 'fixed' : 'moving';
  const handle = selection.rows ? null : side;
  const draw = (part: 'fixed' | 'moving') => (
    <>
      {block[part] && <div className={styles.block} style={block[part]} />}
      {cell[part] && !selection.rows && <div className={styles.active} style={cell[part]} />}
      {fill?.[part] && <div className={styles.filling} style={fill[part]} />}
      {handle === part && block[part] && <Handle box={block[part]} />}
    </>
  );
  return (
    <>
      <div className={styles.movingLayer}>{draw('moving')}</div>
      <div className={styles.fixedLayer}>{draw('fixed')}</div>
    </>
  );
}

const HANDLE = 4;

function Handle({ box }: Readonly<{ box: Box }>) {
  const style = { top: box.top + box.height - HANDLE, left: box.left + box.width - HANDLE };
  return <i className={styles.handle} data-fill="" style={style} />;
}
