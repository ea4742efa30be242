import { asProblem, errorsByField, problemFrom } from '@/api/problem';
import type { Problem } from '@/api/problem';
import { patchRecord } from '@/api/records';
import type { Fields, Value } from '@/api/types';
import { createStore } from '@/lib/store';
import { batch } from '../rows/table-api';
import type { BatchResult } from '../rows/table-api';

/** One cell, as it was and as it becomes; `names` are the texts of links, to show at once. */
export type CellChange = Readonly<{
  id: string; field: string; from: Value; to: Value;
  names?: Fields; namesBefore?: Fields;
}>;

export type Mark = Readonly<{
  state: 'saving' | 'failed' | 'conflict';
  message: string;
  /** What was meant to be stored: a value that can be sent again, or a text that is none. */
  change?: CellChange;
  theirs?: Value;
}>;
export type Marks = ReadonlyMap<string, Readonly<Record<string, Mark>>>;

type Step =
  | Readonly<{ kind: 'update'; changes: readonly CellChange[]; reason?: string }>
  | Readonly<{ kind: 'create' | 'delete'; ids: readonly string[] }>;

export type EditWatcher = Readonly<{
  /** Show these values now. */
  patch: (changes: ReadonlyMap<string, Fields>) => void;
  /** These records were written: read them anew. */
  written: (ids: readonly string[]) => void;
  /** Records came or went. */
  moved: () => void;
}>;

export type Outcome = Readonly<{ written: number; failed: number; first: Problem | null }>;

const MOST_STEPS = 100;

type Item = Readonly<{ id: string; fields: Fields; base: Fields }>;

function itemsOf(changes: readonly CellChange[]): readonly Item[] {
  const items = new Map<string, Item>();
  for (const { id, field, from, to } of changes) {
    const item = items.get(id);
    items.set(id, {
      id, fields: { ...item?.fields, [field]: to }, base: { ...item?.base, [field]: from },
    });
  }
  return [...items.values()];
}

export function reversed(changes: readonly CellChange[]): readonly CellChange[] {
  return changes.map((change) => ({
    ...change, from: change.to, to: change.from,
    names: change.namesBefore, namesBefore: change.names,
  }));
}

function problemOf(result: BatchResult): Problem | null {
  const { status = 200, problem } = result;
  if (status < 400) return null;
  return problemFrom(status, problem ? JSON.stringify(problem) : '', null);
}

/**
 * All that one person changes in the records of one object: shown at once, sent, marked where it
 * failed, undone and done again, whichever view is open.
 */
export class Edits {
  readonly marks = createStore<Marks>(new Map());
  readonly depth = createStore<Readonly<{ undo: number; redo: number }>>({ undo: 0, redo: 0 });
  private done: Step[] = [];
  private undone: Step[] = [];
  private readonly watchers = new Set<EditWatcher>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly object: string) {}

  watch(watcher: EditWatcher): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Writes cells; the order in which a person changed them is kept. */
  write(changes: readonly CellChange[], reason?: string): Promise<Outcome> {
    this.remember({ kind: 'update', changes, reason });
    return this.perform(changes, reason);
  }

  create(rows: readonly Fields[], reason?: string): Promise<Outcome> {
    return this.inTurn(async () => {
      const ops = rows.map((fields) => ({ op: 'create' as const, fields, reason }));
      const results = await batch(this.object, ops);
      const ids = results.flatMap((one) => (problemOf(one) === null && one.id ? [one.id] : []));
      if (ids.length > 0) this.remember({ kind: 'create', ids });
      this.tellMoved();
      const problems = results.flatMap((one) => problemOf(one) ?? []);
      return { written: ids.length, failed: problems.length, first: problems[0] ?? null };
    });
  }

  remove(ids: readonly string[]): Promise<Outcome> {
    return this.inTurn(async () => {
      const outcome = await this.exist('delete', ids);
      if (outcome.written > 0) this.remember({ kind: 'delete', ids });
      return outcome;
    });
  }

  undo(): Promise<Outcome | null> {
    const step = this.done.pop();
    if (!step) return Promise.resolve(null);
    this.undone.push(step);
    this.tellDepth();
    if (step.kind === 'update') return this.perform(reversed(step.changes), step.reason);
    return this.inTurn(() => this.exist(step.kind === 'create' ? 'delete' : 'restore', step.ids));
  }

  redo(): Promise<Outcome | null> {
    const step = this.undone.pop();
    if (!step) return Promise.resolve(null);
    this.done.push(step);
    this.tellDepth();
    if (step.kind === 'update') return this.perform(step.changes, step.reason);
    return this.inTurn(() => this.exist(step.kind === 'create' ? 'restore' : 'delete', step.ids));
  }

  /** A text that could not become a value stays visible until the cell is changed again. */
  reject(id: string, field: string, message: string): void {
    this.mark([[id, field, { state: 'failed', message }]]);
  }

  /** Sends again what was refused because somebody else had changed the cell. */
  insist(change: CellChange, theirs: Value): Promise<Outcome> {
    return this.write([{ ...change, from: theirs }]);
  }

  forget(id: string, field: string): void {
    this.mark([[id, field, null]]);
    this.tellWritten([id]);
  }

  private perform(changes: readonly CellChange[], reason?: string): Promise<Outcome> {
    this.mark(changes.map((change) => [
      change.id, change.field, { state: 'saving', message: '', change },
    ]));
    const shown = new Map<string, Fields>();
    for (const { id, field, to, names } of changes) {
      shown.set(id, { ...shown.get(id), [field]: to, ...names });
    }
    for (const watcher of this.watchers) watcher.patch(shown);
    return this.inTurn(() => this.send(changes, reason));
  }

  private async send(changes: readonly CellChange[], reason?: string): Promise<Outcome> {
    const items = itemsOf(changes);
    const problems = items.length === 1 && items[0]
      ? [await this.sendOne(items[0], reason)] : await this.sendMany(items, reason);
    const problemById = new Map(items.map((item, at) => [item.id, problems[at] ?? null]));
    this.mark(changes.map((change) => (
      [change.id, change.field, markOf(change, problemById.get(change.id) ?? null)]
    )));
    const written = items.filter((item) => problemById.get(item.id) === null);
    this.tellWritten(written.map(({ id }) => id));
    const failed = problems.filter((problem) => problem !== null);
    return { written: written.length, failed: failed.length, first: failed[0] ?? null };
  }

  private async sendOne(item: Item, reason?: string): Promise<Problem | null> {
    try {
      const { fields, base } = item;
      await patchRecord(this.object, item.id, { fields, base, reason });
      return null;
    } catch (error) {
      return asProblem(error);
    }
  }

  /** Each with the values that it was based on: others' edits of other fields merge. */
  private async sendMany(
    items: readonly Item[], reason?: string,
  ): Promise<readonly (Problem | null)[]> {
    try {
      const results = await batch(this.object, items.map(({ id, fields, base }) => (
        { op: 'update', id, fields, base, reason }
      )));
      return items.map((_, at) => problemOf(results[at] ?? {}));
    } catch (error) {
      const problem = asProblem(error);
      return items.map(() => problem);
    }
  }

  private async exist(op: 'delete' | 'restore', ids: readonly string[]): Promise<Outcome> {
    const results = await batch(this.object, ids.map((id) => ({ op, id })));
    const problems = results.flatMap((result) => problemOf(result) ?? []);
    this.tellMoved();
    return {
      written: ids.length - problems.length, failed: problems.length, first: problems[0] ?? null,
    };
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.queue.then(action, action);
    this.queue = result.catch(() => undefined);
    return result;
  }

  private remember(step: Step): void {
    this.done = [...this.done, step].slice(-MOST_STEPS);
    this.undone = [];
    this.tellDepth();
  }

  private mark(entries: readonly (readonly [string, string, Mark | null])[]): void {
    const marks = new Map(this.marks.get());
    for (const [id, field, mark] of entries) {
      const next = Object.fromEntries([
        ...Object.entries(marks.get(id) ?? {}).filter(([name]) => name !== field),
        ...(mark ? [[field, mark] as const] : []),
      ]);
      if (Object.keys(next).length > 0) marks.set(id, next);
      else marks.delete(id);
    }
    this.marks.set(marks);
  }

  private tellDepth(): void {
    this.depth.set({ undo: this.done.length, redo: this.undone.length });
  }

  private tellWritten(ids: readonly string[]): void {
    if (ids.length > 0) for (const watcher of this.watchers) watcher.written(ids);
  }

  private tellMoved(): void {
    for (const watcher of this.watchers) watcher.moved();
  }
}

function markOf(change: CellChange, problem: Problem | null): Mark | null {
  if (problem === null) return null;
  const message = errorsByField(problem)[change.field] ?? problem.message;
  if (problem.code !== 'version_conflict') return { state: 'failed', message, change };
  const conflicts = problem.body.conflicts;
  const list = Array.isArray(conflicts) ? (conflicts as { field?: string; current?: Value }[]) : [];
  const theirs = list.find((one) => one.field === change.field)?.current ?? null;
  return { state: 'conflict', message, change, theirs };
}

const known = new Map<string, Edits>();

/** One for each object as long as the page is open, so that undo works across views. */
export function editsOf(object: string): Edits {
  const found = known.get(object) ?? new Edits(object);
  known.set(object, found);
  return found;
}
