import { createStore } from '@/lib/store';
import type { Store } from '@/lib/store';
import { ScrollScale } from './scroll-scale';

export type Column<T> = Readonly<{ field: T; left: number; width: number }>;
type Edge = Readonly<{ left: number; width: number }>;

export type Extent = Readonly<{
  rows: number;
  rowHeight: number;
  /** The columns that scroll; `left` counts from the start of the frozen ones. */
  columns: readonly Edge[];
  frozen: number;
  header: number;
  footer: number;
}>;

/** The lines that have to be drawn, with a margin, and how far they are moved. */
export type Seen = Readonly<{ first: number; last: number; shift: number; fitting: number }>;

/** The same of the columns that scroll. */
export type Across = Readonly<{ first: number; last: number }>;

/** Lines come and go by twos: a step of a ride draws little, and many steps draw nothing. */
const STRETCH = 2;
/** So many lines beyond each edge: what the browser may show before the next step is drawn. */
const MARGIN_LINES = 8;
const MARGIN_COLUMNS = 1;
const SETTLE_MS = 200;
const NOTHING: Extent = { rows: 0, rowHeight: 1, columns: [], frozen: 0, header: 0, footer: 0 };

/** Tells only what changed. */
function put<T extends Readonly<Record<string, number>>>(store: Store<T>, next: T): void {
  const before = store.get();
  if (Object.keys(next).some((key) => next[key] !== before[key])) store.set(next);
}

/** Knows what is seen of a table and moves it. The browser scrolls; only edges are drawn anew. */
export class Scroller {
  readonly seen = createStore<Seen>({ first: 0, last: -1, shift: 0, fitting: 0 });
  readonly across = createStore<Across>({ first: 0, last: -1 });
  private readonly scale = new ScrollScale();
  private readonly followers = new Set<() => void>();
  private element: HTMLElement | null = null;
  private extent = NOTHING;
  private settling = 0;

  attach(element: HTMLElement): () => void {
    this.element = element;
    const onScroll = () => {
      this.scale.follow(element.scrollTop);
      this.update();
      window.clearTimeout(this.settling);
      this.settling = window.setTimeout(() => {
        this.settle();
      }, SETTLE_MS);
    };
    const observer = new ResizeObserver(() => {
      this.measure();
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    observer.observe(element);
    this.measure();
    return () => {
      this.element = null;
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
      window.clearTimeout(this.settling);
    };
  }

  setExtent(extent: Extent): void {
    this.extent = extent;
    this.measure();
  }

  /** Called after every movement, to place what follows by hand. */
  follow(listener: () => void): () => void {
    this.followers.add(listener);
    return () => this.followers.delete(listener);
  }

  get top(): number {
    return this.scale.top;
  }

  /** The first line that is really seen. */
  get topLine(): number {
    return Math.floor(this.scale.top / this.extent.rowHeight);
  }

  get left(): number {
    return this.element?.scrollLeft ?? 0;
  }

  get page(): number {
    return Math.max(1, this.seen.get().fitting - 1);
  }

  /** Height and width of the part that shows lines. */
  get room(): Readonly<{ width: number; height: number }> {
    const { header, footer } = this.extent;
    const element = this.element;
    return {
      width: element?.clientWidth ?? 0,
      height: Math.max(0, (element?.clientHeight ?? 0) - header - footer),
    };
  }

  /** Scrolls just so far that a line and a column (null: a frozen one) can be seen. */
  reveal(line: number, column: Edge | null): void {
    const element = this.element;
    if (!element) return;
    const { rowHeight, frozen } = this.extent;
    const room = this.room;
    const top = line * rowHeight;
    if (top < this.scale.top) this.moveTo(top);
    else if (top + rowHeight > this.scale.top + room.height) {
      this.moveTo(top + rowHeight - room.height);
    }
    if (!column) return;
    const left = column.left - frozen;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (column.left + column.width > element.scrollLeft + room.width) {
      element.scrollLeft = column.left + column.width - room.width;
    }
  }

  /** Moves the table by lines without a visible jump, when lines came or went above. */
  shiftBy(lines: number): void {
    if (lines !== 0) this.moveTo(this.scale.top + lines * this.extent.rowHeight);
  }

  moveTo(top: number): void {
    if (!this.element) return;
    this.element.scrollTop = this.scale.moveTo(top);
    this.update();
  }

  private settle(): void {
    // After jumps and long rides the scroll bar shows the true place again.
    if (this.element && this.scale.shift !== 0) this.moveTo(this.scale.top);
  }

  private measure(): void {
    if (!this.element) return;
    const { rows, rowHeight } = this.extent;
    this.scale.setExtent(rows * rowHeight, this.room.height);
    this.scale.follow(this.element.scrollTop);
    this.update();
  }

  private update(): void {
    const { rows, rowHeight, columns, frozen } = this.extent;
    const { width, height } = this.room;
    const left = this.left + frozen;
    const right = this.left + width;
    const top = Math.floor(this.scale.top / rowHeight);
    const fitting = Math.ceil(height / rowHeight);
    const within = (edge: Edge) => edge.left + edge.width > left && edge.left < right;
    const from = columns.findIndex(within);
    const to = columns.findLastIndex(within);
    const stretch = (line: number) => Math.floor(line / STRETCH) * STRETCH;
    put(this.seen, {
      first: Math.max(0, stretch(top - MARGIN_LINES)),
      last: Math.min(rows - 1, stretch(top + fitting + MARGIN_LINES) + STRETCH - 1),
      shift: this.scale.shift, fitting,
    });
    put(this.across, {
      first: Math.max(0, from - MARGIN_COLUMNS),
      last: Math.min(columns.length - 1, to + MARGIN_COLUMNS),
    });
    this.element?.toggleAttribute('data-across', this.left > 0);
    for (const follower of this.followers) follower();
  }
}
