import type { Problem } from '@/api/problem';
import { asProblem } from '@/api/problem';
import type { Fields, QueryAnswer, RecordRow } from '@/api/types';

export type PageRequest = Readonly<{ limit: number; after?: string; offset?: number }>;
export type RowRequests = Readonly<{
  page: (page: PageRequest, signal: AbortSignal) => Promise<QueryAnswer>;
  count: (signal: AbortSignal) => Promise<number>;
}>;

export const PAGE_ROWS = 100;
/** Rows kept in memory: far more than a screen, far less than a table. */
export const MOST_PAGES = 60;

type Loaded = Readonly<{ records: readonly RecordRow[]; next: string | null }>;

/**
 * The rows of one query by their place, loaded in pages where they are looked at. A page behind
 * a loaded one is asked by its cursor, a jump by its offset; what was not seen for long is dropped.
 */
export class RowSource {
  private pages = new Map<number, Loaded>();
  private readonly loading = new Map<number, AbortController>();
  private readonly listeners = new Set<() => void>();
  private wanted: readonly number[] = [];
  private known: number | null = null;
  private counting: AbortController | null = null;
  private ended = false;
  private version = 0;
  private problem: Problem | null = null;

  constructor(private readonly requests: RowRequests, total: number | null = null) {
    this.known = total;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getVersion = (): number => this.version;

  get failure(): Problem | null {
    return this.problem;
  }

  /** How many rows there are; before the count is known, as many as were seen and one page. */
  get total(): number {
    if (this.known !== null) return this.known;
    let seen = 0;
    for (const [page, { records, next }] of this.pages) {
      const behind = next === null ? 0 : PAGE_ROWS;
      seen = Math.max(seen, page * PAGE_ROWS + records.length + behind);
    }
    return seen;
  }

  get counted(): number | null {
    return this.known;
  }

  /** The first page has come, or failed to. */
  get started(): boolean {
    return this.pages.size > 0 || this.problem !== null;
  }

  row(index: number): RecordRow | undefined {
    return this.pages.get(Math.floor(index / PAGE_ROWS))?.records[index % PAGE_ROWS];
  }

  /** The rows in memory, in their order. */
  loaded(): readonly RecordRow[] {
    return [...this.pages].sort(([one], [other]) => one - other)
      .flatMap(([, { records }]) => records);
  }

  indexOf(id: string): number | null {
    for (const [page, { records }] of this.pages) {
      const at = records.findIndex((record) => record.id === id);
      if (at !== -1) return page * PAGE_ROWS + at;
    }
    return null;
  }

  /** Says which rows are looked at; pages that nobody waits for any more are not waited for. */
  look(first: number, last: number): void {
    const from = Math.max(0, Math.floor(first / PAGE_ROWS));
    const to = Math.max(from, Math.floor(last / PAGE_ROWS));
    this.wanted = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    for (const [page, controller] of this.loading) {
      if (!this.wanted.includes(page)) controller.abort();
    }
    for (const page of this.wanted) {
      const loaded = this.pages.get(page);
      if (loaded) {
        // Seen again: the last to be dropped.
        this.pages.delete(page);
        this.pages.set(page, loaded);
      } else if (this.problem === null) void this.load(page);
    }
    if (this.known === null && !this.ended && this.counting === null) void this.count();
  }

  /** All rows of a range, e.g. to copy them. */
  async take(first: number, count: number): Promise<readonly RecordRow[]> {
    const rows: RecordRow[] = [];
    for (let at = first; at < first + count;) {
      const page = Math.floor(at / PAGE_ROWS);
      const loaded = this.pages.get(page) ?? await this.fetch(page, new AbortController().signal);
      const from = at - page * PAGE_ROWS;
      const some = loaded.records.slice(from, from + first + count - at);
      rows.push(...some);
      at = (page + 1) * PAGE_ROWS;
      if (loaded.records.length < PAGE_ROWS) break;
    }
    return rows;
  }

  /** Changes what is shown of loaded records at once. */
  patch(changes: ReadonlyMap<string, Fields>): void {
    this.replace((record) => {
      const fields = changes.get(record.id);
      return fields ? { ...record, fields: { ...record.fields, ...fields } } : record;
    });
  }

  /** Puts newly read records in the place of the old ones. */
  put(records: ReadonlyMap<string, RecordRow>): void {
    this.replace((record) => records.get(record.id) ?? record);
  }

  /** Reads anew what is looked at and forgets the rest; what is shown stays until then. */
  async refresh(): Promise<void> {
    const shown = new Map(this.wanted.flatMap((page) => {
      const loaded = this.pages.get(page);
      return loaded ? [[page, loaded] as const] : [];
    }));
    this.pages = shown;
    this.problem = null;
    void this.count();
    await Promise.all(this.wanted.map((page) => this.load(page, true)));
  }

  retry(): void {
    this.problem = null;
    for (const page of this.wanted) if (!this.pages.has(page)) void this.load(page);
    this.tell();
  }

  private replace(change: (record: RecordRow) => RecordRow): void {
    let any = false;
    for (const [page, loaded] of this.pages) {
      const records = loaded.records.map(change);
      if (records.every((record, at) => record === loaded.records[at])) continue;
      this.pages.set(page, { ...loaded, records });
      any = true;
    }
    if (any) this.tell();
  }

  private async load(page: number, again = false): Promise<void> {
    if (this.loading.has(page) && !again) return;
    this.loading.get(page)?.abort();
    const controller = new AbortController();
    this.loading.set(page, controller);
    try {
      const loaded = await this.fetch(page, controller.signal, again);
      if (this.loading.get(page) !== controller) return;
      this.pages.delete(page);
      this.pages.set(page, loaded);
      this.drop();
    } catch (error) {
      if (!controller.signal.aborted) this.problem = asProblem(error);
    } finally {
      if (this.loading.get(page) === controller) this.loading.delete(page);
    }
    this.tell();
  }

  private async fetch(page: number, signal: AbortSignal, fresh = false): Promise<Loaded> {
    const before = fresh ? undefined : this.pages.get(page - 1)?.next;
    const answer = await this.requests.page({
      limit: PAGE_ROWS,
      ...(before ? { after: before } : page === 0 ? {} : { offset: page * PAGE_ROWS }),
    }, signal);
    if (!answer.page.has_more && answer.records.length > 0) {
      this.ended = true;
      this.known = page * PAGE_ROWS + answer.records.length;
    }
    return { records: answer.records, next: answer.page.has_more ? answer.page.next : null };
  }

  private async count(): Promise<void> {
    this.counting?.abort();
    const controller = new AbortController();
    this.counting = controller;
    try {
      const found = await this.requests.count(controller.signal);
      if (this.counting === controller) this.known = found;
    } catch {
      // Without a count the table grows while it is read.
    }
    if (this.counting === controller) this.counting = null;
    this.tell();
  }

  private drop(): void {
    for (const page of this.pages.keys()) {
      if (this.pages.size <= MOST_PAGES) return;
      if (!this.wanted.includes(page)) this.pages.delete(page);
    }
  }

  private tell(): void {
    this.version += 1;
    for (const listener of [...this.listeners]) listener();
  }
}
