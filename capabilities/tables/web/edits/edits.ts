import { connectionBack } from '@/api/connection';
import { asProblem, errorsByField, problemFrom } from '@/api/problem';
import type { Problem } from '@/api/problem';
import { patchRecord } from '@/api/records';
import type { Fields, RecordRow, Value } from '@/api/types';
import { createStore } from '@/lib/store';
import { batch } from '../rows/table-api';
import type { BatchResult } from '../rows/table-api';

/** One cell, as it was and as it becomes; `names` are the texts of links, to show at once. */
export type CellChange = Readonly<{
  id: string; field: string; from: Value; to: Value;
  names?: Fields; namesBefore?: Fields;
}>;

export type Mark = Readonly<{
  state: 'saving' | 'waiting' | 'failed' | 'conflict';
  message: string;
  /** What was meant to be stored: a value that can be sent again, or a text that is none. */
  change?: CellChange;
  theirs?: Value;
}>;
export function isRefused(mark: Mark | undefined): boolean {
  return mark?.state === 'failed' || mark?.state === 'conflict';
}

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

function isLost(problem: Problem | null): boolean {
  return problem?.code === 'network';
}

/** A write whose answer was lost is sent again; then the stored values are those it wanted. */
function isStored(item: Item, problem: Problem | null): boolean {
  const conflicts = conflictsOf(problem);
  return conflicts.length > 0 && conflicts.every(({ field = '', current }) => (
    JSON.stringify(current ?? null) === JSON.stringify(item.fields[field] ?? null)
  ));
}

type Conflict = Readonly<{ field?: string; current?: Value }>;

function conflictsOf(problem: Problem | null): readonly Conflict[] {
  if (problem?.code !== 'version_conflict') return [];
  const { conflicts } = problem.body;
  return Array.isArray(conflicts) ? (conflicts as Conflict[]) : [];
}

/** The fields of a refused item that nobody else had changed: they merge. */
function unrefused(item: Item, problem: Problem | null): Item | null {
  const refused = new Set(conflictsOf(problem).map(({ field }) => field));
  const names = Object.keys(item.fields).filter((name) => !refused.has(name));
  if (refused.size === 0 || names.length === 0) return null;
  const some = (fields: Fields) => Object.fromEntries(names.map((name) => [name, fields[name]]));
  return { id: item.id, fields: some(item.fields), base: some(item.base) };
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
  /** What was changed and is not stored yet, in its order. */
  private readonly unsent = new Set<readonly CellChange[]>();
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

  /** A record as the server knows it, with what is on its way there. */
  overlay(record: RecordRow): RecordRow {
    let fields = record.fields;
    for (const changes of this.unsent) {
      for (const { id, field, to, names } of changes) {
        if (id === record.id) fields = { ...fields, [field]: to, ...names };
      }
    }
    return fields === record.fields ? record : { ...record, fields };
  }

  get isWaiting(): boolean {
    return this.unsent.size > 0;
  }

  private perform(changes: readonly CellChange[], reason?: string): Promise<Outcome> {
    this.unsent.add(changes);
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
    const problems = await this.sendUntilAnswered(items, changes, reason);
    this.unsent.delete(changes);
    const problemOfCell = new Map<string, Problem | null>();
    for (const [at, item] of items.entries()) {
      const problem = problems[at] ?? null;
      const rest = unrefused(item, problem);
      const restProblem = rest ? await this.sendOne(rest, reason) : null;
      for (const field of Object.keys(item.fields)) {
        const own = rest && field in rest.fields ? restProblem : problem;
        problemOfCell.set(`${item.id} ${field}`, own);
      }
    }
    const problemFor = ({ id, field }: CellChange) => problemOfCell.get(`${id} ${field}`) ?? null;
    this.mark(changes.map((change) => (
      [change.id, change.field, markOf(change, problemFor(change))]
    )));
    const failed = changes.filter((change) => problemFor(change) !== null);
    const failedIds = new Set(failed.map(({ id }) => id));
    const written = changes.filter((change) => problemFor(change) === null);
    this.tellWritten([...new Set(written.map(({ id }) => id))]);
    const [first] = failed;
    return {
      written: items.length - failedIds.size, failed: failedIds.size,
      first: first ? problemFor(first) : null,
    };
  }

  /** Without a connection the cells wait, and are sent once it is back. */
  private async sendUntilAnswered(
    items: readonly Item[], changes: readonly CellChange[], reason?: string,
  ): Promise<readonly (Problem | null)[]> {
    for (;;) {
      const problems = items.length === 1 && items[0]
        ? [await this.sendOne(items[0], reason)] : await this.sendMany(items, reason);
      if (!problems.some(isLost)) {
        return problems.map((one, at) => (items[at] && isStored(items[at], one) ? null : one));
      }
      this.mark(changes.map((change) => (
        [change.id, change.field, { state: 'waiting', message: '', change }]
      )));
      await connectionBack();
    }
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
  const own = conflictsOf(problem).find((one) => one.field === change.field);
  const theirs = own?.current ?? null;
  return { state: 'conflict', message, change, theirs };
}

const known = new Map<string, Edits>();

/** Leaving the page would lose what waits for the connection: the browser asks first. */
window.addEventListener('beforeunload', (event) => {
  if ([...known.values()].some((edits) => edits.isWaiting)) event.preventDefault();
});

/** One for each object as long as the page is open, so that undo works across views. */
export function editsOf(object: string): Edits {
  const found = known.get(object) ?? new Edits(object);
  known.set(object, found);
  return found;
}
