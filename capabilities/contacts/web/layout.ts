import type { Layer } from './standing';
import { LAYERS } from './standing';

/**
 * Where the cards of the map lie. A lane for each layer; within it who is not placed by hand stands
 * in rows, near those he answers to and beside his department. Places are kept within the lane, so
 * a lane that grows moves those below it as a whole.
 */
export const CARD = { width: 200, height: 92 } as const;
const GAP = { across: 24, down: 28 } as const;
export const LANE_HEAD = 40;
const LANE_FOOT = 24;
const FEWEST_COLUMNS = 6;
const MOST_COLUMNS = 14;

export type Point = Readonly<{ x: number; y: number }>;

export type Card = Readonly<{
  id: string; layer: Layer; superior: string | null; department: string; name: string;
  place: Point | null;
}>;

export type Lane = Readonly<{ layer: Layer; top: number; height: number; count: number }>;

export type Layout = Readonly<{
  /** Of each card, from the map's own corner. */
  points: ReadonlyMap<string, Point>;
  lanes: readonly Lane[];
  left: number;
  width: number;
}>;

/** Rows as wide as the screen is: two hundred people stay readable. */
export function columnsFor(people: number): number {
  const wanted = Math.ceil(Math.sqrt(people) * 1.1);
  return Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, wanted));
}

const overlaps = (one: Point, other: Point): boolean => (
  Math.abs(one.x - other.x) < CARD.width + GAP.across / 2
  && Math.abs(one.y - other.y) < CARD.height + GAP.down / 2
);

/** Those above lead: their people follow in their order, then by department and name. */
function inOrder(cards: readonly Card[], above: ReadonlyMap<string, number>): readonly Card[] {
  const rank = (card: Card) => above.get(card.superior ?? '') ?? Number.MAX_SAFE_INTEGER;
  const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
  return [...cards].sort((one, other) => (
    rank(one) - rank(other) || byText(one.department, other.department)
    || byText(one.name, other.name) || byText(one.id, other.id)
  ));
}

/** Places within a lane: the given ones, and the free ones of its rows for all others. */
function fill(cards: readonly Card[], columns: number): ReadonlyMap<string, Point> {
  const points = new Map<string, Point>();
  for (const { id, place } of cards) {
    if (place) points.set(id, { x: place.x, y: Math.max(place.y, LANE_HEAD) });
  }
  const taken = [...points.values()];
  const waiting = cards.filter(({ place }) => place === null);
  const across = Math.min(columns, waiting.length);
  const start = Math.floor((columns - across) / 2);
  let slot = 0;
  for (const { id } of waiting) {
    let point: Point;
    do {
      const column = start + (slot % across);
      point = {
        x: column * (CARD.width + GAP.across),
        y: LANE_HEAD + Math.floor(slot / across) * (CARD.height + GAP.down),
      };
      slot += 1;
    } while (taken.some((other) => overlaps(point, other)));
    points.set(id, point);
  }
  return points;
}

/** The same people always lie the same way, whoever looks. */
export function arrange(cards: readonly Card[]): Layout {
  const columns = columnsFor(cards.length);
  const points = new Map<string, Point>();
  const lanes: Lane[] = [];
  let order = new Map<string, number>();
  let top = 0;
  for (const layer of LAYERS) {
    const own = inOrder(cards.filter((card) => card.layer === layer), order);
    if (own.length === 0 && layer === '') continue;
    const within = fill(own, columns);
    let height = LANE_HEAD + CARD.height;
    for (const { y } of within.values()) height = Math.max(height, y + CARD.height);
    height += LANE_FOOT;
    for (const [id, { x, y }] of within) points.set(id, { x, y: top + y });
    lanes.push({ layer, top, height, count: own.length });
    order = new Map([...order, ...own.map((card, at) => (
      [card.id, order.size + at] as const
    ))]);
    top += height;
  }
  const all = [...points.values()].map(({ x }) => x);
  const left = Math.min(0, ...all) - GAP.across;
  const right = Math.max(columns * (CARD.width + GAP.across), ...all.map((x) => x + CARD.width));
  return { points, lanes, left, width: right - left + GAP.across };
}

/** What is kept of a point: whole numbers, within the lane and the map's edge. */
export function placeWithin(lane: Lane, point: Point, edge: number): Point {
  const within = (value: number, least: number, most: number) => (
    Math.round(Math.min(Math.max(value, least), Math.max(least, most)))
  );
  return {
    x: within(point.x, -edge, edge),
    y: within(point.y - lane.top, LANE_HEAD, lane.height - CARD.height),
  };
}
