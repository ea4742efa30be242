import { useEffect, useSyncExternalStore } from 'react';
import { moveTo, others } from '@/api/live';
import type { Person } from '@/api/live';
import { useText } from '@/i18n/use-text';
import { colourOf } from '../presence/colour';
import styles from '../presence/presence.module.css';
import { lineOf } from '../rows/layout';
import type { SessionStore } from './editing';
import { recordOn } from './environment';
import type { GridEnvironment } from './environment';
import gridStyles from './grid.module.css';
import { boxes } from './selection-layer';

/** Tells others the cell in which this person is. */
export function useOwnPlace(env: GridEnvironment, sessions: SessionStore): void {
  useEffect(() => {
    const tell = () => {
      const focus = env.selection.get()?.focus;
      const record = focus && recordOn(env, focus.line);
      if (!focus || !record) return;
      moveTo({
        object: env.object.api_name, record: record.id,
        field: env.columns.all[focus.column]?.field.api_name, editing: sessions.get() !== null,
      });
    };
    const stops = [env.selection.subscribe(tell), sessions.subscribe(tell)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [env, sessions]);
}

/** The cells in which others are, each with its name. */
export function PeopleLayer({ env, rowHeight }: Readonly<{
  env: GridEnvironment; rowHeight: number;
}>) {
  const people = useSyncExternalStore(others.subscribe, others.get);
  const seen = useSyncExternalStore(env.scroller.seen.subscribe, env.scroller.seen.get);
  const placed = people.flatMap((person) => {
    const line = person.record === undefined ? null : lineOf(env.layout, person.record);
    const column = env.columns.all.findIndex(({ field }) => field.api_name === person.field);
    if (line === null || column === -1 || line < seen.first || line > seen.last) return [];
    const area = { top: line, bottom: line, left: column, right: column };
    return [{ person, top: line === 0, ...boxes(env, area, rowHeight, seen.shift) }];
  });
  if (placed.length === 0) return null;
  const draw = (part: 'fixed' | 'moving') => placed.map(({ person, top, ...box }) => (
    box[part] && (
      <PersonBox key={`${person.user} ${part}`} person={person} below={top} style={box[part]} />
    )
  ));
  return (
    <>
      <div className={gridStyles.movingLayer}>{draw('moving')}</div>
      <div className={gridStyles.fixedLayer}>{draw('fixed')}</div>
    </>
  );
}

type BoxProps = Readonly<{ person: Person; below: boolean; style: object }>;

/** In the first row the name stands below: above it is the heading. */
function PersonBox({ person, below, style }: BoxProps) {
  const { t } = useText();
  const colour = `var(--tag-${colourOf(person.user)})`;
  return (
    <div className={styles.place} style={{ ...style, borderColor: colour }}>
      <span className={below ? styles.nameBelow : styles.name} style={{ borderColor: colour }}>
        <span>{person.editing ? t('presence.edits', { name: person.name }) : person.name}</span>
      </span>
    </div>
  );
}
