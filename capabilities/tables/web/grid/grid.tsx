import { useEffect, useRef, useState } from 'react';
import type { CSSProperties, PointerEvent, ReactNode, SyntheticEvent } from 'react';
import { MOST_PIXELS } from './scroll-scale';
import { look } from '../rows/layout';
import { ROW_HEIGHTS } from '../views/definition';
import type { OpenView } from '../views/use-view';
import { fill, selectedArea } from './actions';
import { createSession, finishText } from './editing';
import type { SessionStore } from './editing';
import { recordOn } from './environment';
import type { GridEnvironment } from './environment';
import { Footer } from './footer';
import { Header } from './header';
import { InputLayer } from './input-layer';
import { Lines } from './lines';
import { PeopleLayer, useOwnPlace } from './people-layer';
import { RowMenu } from './row-menu';
import { drawTo, fillArea, placeAt, press } from './pointer';
import { SelectionLayer } from './selection-layer';
import type { Area } from './selection';
import styles from './grid.module.css';

export const HEADER_HEIGHT = 36;
export const FOOTER_HEIGHT = 34;

type Props = Readonly<{
  env: GridEnvironment;
  view: OpenView;
  count: number | null;
  collapsed: ReadonlySet<string>;
  onToggle: (path: string) => void;
  label: string;
  children?: ReactNode;
}>;

/** Tells the scroller how large the table is, and the rows what is looked at. */
function useScrolling(env: GridEnvironment, rowHeight: number) {
  const { scroller, layout, columns } = env;
  const scroll = useRef<HTMLDivElement>(null);
  useEffect(() => (scroll.current ? scroller.attach(scroll.current) : undefined), [scroller]);
  useEffect(() => {
    scroller.setExtent({
      rows: layout.total, rowHeight, columns: columns.moving, frozen: columns.frozenWidth,
      header: HEADER_HEIGHT, footer: FOOTER_HEIGHT,
    });
  }, [scroller, layout, columns, rowHeight]);
  useEffect(() => {
    const see = () => {
      const { first, last } = scroller.seen.get();
      look(layout, first, Math.max(first, last));
    };
    see();
    return scroller.seen.subscribe(see);
  }, [scroller, layout]);
  return scroll;
}

const NO_CELL = 'button, textarea, [role=columnheader], [data-editor]';

/** In a menu or list that the kit shows above the page: its events arrive here all the same. */
function isElsewhere(event: SyntheticEvent<HTMLElement>): boolean {
  return !event.currentTarget.contains(event.target as Node);
}

type Drag = Readonly<{ kind: 'select' } | { kind: 'fill'; to: Area | null }>;

function usePointer(
  env: GridEnvironment, rowHeight: number, sessions: SessionStore,
  input: React.RefObject<HTMLTextAreaElement | null>,
) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    if (isElsewhere(event) || target.closest(NO_CELL)) return;
    const place = placeAt(env, event, rowHeight);
    if (!place || event.button > 0) return;
    if (event.pointerType === 'touch') return;
    event.preventDefault();
    if (input.current && !finishText(env, sessions, input.current.value)) return;
    sessions.set(null);
    input.current?.focus({ preventScroll: true });
    if (target.dataset.fill !== undefined) setDrag({ kind: 'fill', to: null });
    else {
      press(env, place, event.shiftKey);
      setDrag({ kind: 'select' });
    }
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const place = drag && placeAt(env, event, rowHeight);
    const area = selectedArea(env);
    if (!place || !area) return;
    if (drag.kind === 'select') drawTo(env, place);
    else setDrag({ kind: 'fill', to: fillArea(area, place) });
  };
  const onPointerUp = () => {
    const area = selectedArea(env);
    if (drag?.kind === 'fill' && drag.to && area) {
      const { to } = drag;
      void fill(env, area, to);
      const selection = env.selection.get();
      if (selection) {
        const whole = { top: Math.min(area.top, to.top), bottom: Math.max(area.bottom, to.bottom) };
        env.selection.set({
          ...selection, anchor: { line: whole.top, column: area.left },
          focus: { line: whole.bottom, column: area.right },
        });
      }
    }
    setDrag(null);
  };
  const filling = drag?.kind === 'fill' ? drag.to : null;
  return { filling, handlers: { onPointerDown, onPointerMove, onPointerUp } };
}

/** A finger opens the record; there is no block to draw with it. */
function useTouch(env: GridEnvironment, rowHeight: number) {
  return (event: React.MouseEvent<HTMLElement>) => {
    if ((event.nativeEvent as globalThis.PointerEvent).pointerType !== 'touch') return;
    if (isElsewhere(event) || (event.target as HTMLElement).closest('button')) return;
    const place = placeAt(env, event, rowHeight);
    const record = place && recordOn(env, place.line);
    if (record) env.openRecord(record.id);
  };
}

/** Text stands in the middle of its row, whatever its height. */
function rowLine(rowHeight: number): CSSProperties {
  return { '--row-height': `${rowHeight - 1}px` } as CSSProperties;
}

export function Grid({ env, view, count, collapsed, onToggle, label, children }: Props) {
  const rowHeight = ROW_HEIGHTS[view.definition.height ?? 'short'];
  const scroll = useScrolling(env, rowHeight);
  const input = useRef<HTMLTextAreaElement>(null);
  const [sessions] = useState(createSession);
  const { filling, handlers } = usePointer(env, rowHeight, sessions, input);
  const onTouch = useTouch(env, rowHeight);
  useOwnPlace(env, sessions);
  const height = Math.min(env.layout.total * rowHeight, MOST_PIXELS);
  const open = () => {
    input.current?.focus({ preventScroll: true });
    const keys = { key: 'F2', bubbles: true, cancelable: true };
    input.current?.dispatchEvent(new KeyboardEvent('keydown', keys));
  };
  return (
    <div className={styles.frame}>
      <div
        ref={scroll} className={styles.scroll} {...handlers} onClick={onTouch}
        onDoubleClick={(event) => {
          if (!isElsewhere(event) && !(event.target as HTMLElement).closest(NO_CELL)) open();
        }}
      >
        <div className={styles.inputsHolder} data-editor="">
          <InputLayer env={env} sessions={sessions} rowHeight={rowHeight} input={input} />
        </div>
        <RowMenu env={env} rowHeight={rowHeight}>
          <div className={styles.content}>
            <div
              role="grid" aria-label={label} aria-rowcount={env.layout.total + 1}
              aria-colcount={env.columns.all.length + 1} className={styles.table}
            >
              <Header env={env} view={view} />
              <div
                role="rowgroup" className={styles.body}
                style={{ height, width: env.columns.width, ...rowLine(rowHeight) }}
              >
                <Lines
                  env={env} definition={view.definition} rowHeight={rowHeight}
                  collapsed={collapsed} onToggle={onToggle}
                />
                <PeopleLayer env={env} rowHeight={rowHeight} />
                <SelectionLayer env={env} rowHeight={rowHeight} filling={filling} />
              </div>
            </div>
            <Footer env={env} view={view} count={count} />
          </div>
        </RowMenu>
      </div>
      {children}
    </div>
  );
}
