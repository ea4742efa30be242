import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { api } from '@/api/client';
import { fieldOf, useMeta } from '@/api/meta';
import { linkPath } from '@/api/records';
import type { Filter, ObjectMeta, QueryAnswer, SortKey } from '@/api/types';
import { editsOf } from '../edits/edits';
import type { Definition } from '../views/definition';
import { COUNT, groupTree, groupedLayout, plainLayout } from './layout';
import type { AnsweredGroup, GroupNode, Layout } from './layout';
import { RowSource } from './row-source';
import { MOST_GROUPS, aggregateQuery, groupRequest, readRecords } from './table-api';
import type { MeasureRequest } from './table-api';

export type RowQuery = Readonly<{
  object: ObjectMeta;
  select: readonly string[];
  where: Filter | undefined;
  search: string;
  sort: readonly SortKey[];
}>;

const REFRESH_PAUSE_MS = 150;

/** The fields that a view shows, each with the name of what it links to. */
export function useSelect(object: ObjectMeta, names: readonly string[]): readonly string[] {
  const { objects } = useMeta();
  return useMemo(() => {
    const wanted = new Set([object.primary_field, ...names]);
    return object.fields.filter((field) => wanted.has(field.api_name)).flatMap((field) => {
      const path = linkPath(field, objects);
      return path === null ? [field.api_name] : [field.api_name, path];
    });
  }, [object, objects, names]);
}

/** All sources of one query: one for a plain table, one for each opened group. */
export class RowBook {
  private readonly sources = new Map<string, RowSource>();
  private readonly listeners = new Set<() => void>();
  private readonly stale = new Set<string>();
  private timer = 0;
  private version = 0;

  constructor(private readonly query: RowQuery) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getVersion = (): number => this.version;

  source(path: string, where: Filter | undefined, count: number | null): RowSource {
    const found = this.sources.get(path);
    if (found) return found;
    const { object, select, search, sort } = this.query;
    const body = { where, search: search || undefined };
    const url = `/records/${object.api_name}/query`;
    const edits = editsOf(object.api_name);
    const made = new RowSource({
      page: async (page, signal) => {
        const ask = { ...body, select, sort, page, count: 'none' };
        const answer = await api.ask<QueryAnswer>(url, ask, { signal });
        return { ...answer, records: answer.records.map((record) => edits.overlay(record)) };
      },
      count: async (signal) => {
        const ask = { ...body, select: ['id'], page: { limit: 1 }, count: 'exact' };
        return (await api.ask<QueryAnswer>(url, ask, { signal })).count ?? 0;
      },
    }, count);
    made.subscribe(() => {
      this.tell();
    });
    this.sources.set(path, made);
    return made;
  }

  all(): readonly RowSource[] {
    return [...this.sources.values()];
  }

  /** Reads records anew that changed; many changes in a row are read once. */
  readAgain(ids: readonly string[]): void {
    for (const id of ids) this.stale.add(id);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      void this.readStale();
    }, REFRESH_PAUSE_MS);
  }

  async refresh(): Promise<void> {
    await Promise.all(this.all().map((source) => source.refresh()));
  }

  private async readStale(): Promise<void> {
    const ids = [...this.stale].filter(
      (id) => this.all().some((source) => source.indexOf(id) !== null),
    );
    this.stale.clear();
    if (ids.length === 0) return;
    const { object, select } = this.query;
    try {
      const edits = editsOf(object.api_name);
      const read = await readRecords(object.api_name, ids, select);
      const records = new Map([...read].map(([id, record]) => [id, edits.overlay(record)]));
      for (const source of this.all()) source.put(records);
    } catch {
      // The next look reads them; what is shown is what the person wrote.
    }
  }

  private tell(): void {
    this.version += 1;
    for (const listener of [...this.listeners]) listener();
  }
}

export function withWhere(where: Filter | undefined, more: Filter): Filter {
  return where ? { op: 'and', args: [where, more] } : more;
}

export function measuresOf(definition: Definition): readonly MeasureRequest[] {
  const wanted = Object.entries(definition.aggregates ?? {});
  return [{ as: COUNT, fn: 'count' }, ...wanted.map(([field, fn]) => ({ as: field, fn, field }))];
}

/** Groups of a choice stand in the order of its options, the empty one last. */
export function byOption<T extends AnsweredGroup>(
  object: ObjectMeta, name: string | undefined, groups: readonly T[], at = -1,
): readonly T[] {
  const options = fieldOf(object, name ?? '')?.options;
  if (!options) return groups;
  const place = (group: AnsweredGroup) => {
    const found = options.findIndex((option) => option.key === group.key.at(at));
    return found === -1 ? options.length : found;
  };
  return [...groups].sort((one, other) => place(one) - place(other));
}

/** The groups of all levels, each level one question. */
function useGroups(query: RowQuery, definition: Definition) {
  const keys = definition.group ?? [];
  const answers = useQueries({
    queries: keys.map((_, at) => aggregateQuery(query.object.api_name, {
      where: query.where, search: query.search || undefined,
      group: keys.slice(0, at + 1).map(groupRequest),
      measures: measuresOf(definition), page: { limit: MOST_GROUPS },
    })),
  });
  const failed = answers.find((answer) => answer.isError);
  return {
    grouped: keys.length > 0,
    levels: answers.map((answer, at) => (
      byOption(query.object, keys[at]?.field, answer.data?.groups ?? [])
    )),
    ready: answers.every((answer) => answer.data !== undefined),
    error: failed?.error ?? null,
    truncated: answers.some((answer) => answer.data?.truncated === true),
  };
}

export type Rows = Readonly<{
  book: RowBook;
  layout: Layout;
  tree: readonly GroupNode[];
  ready: boolean;
  error: unknown;
  truncated: boolean;
  retry: () => void;
}>;

/** Keeps the rows right while this person and others write. */
export function useFreshness(book: RowBook, object: string): void {
  const client = useQueryClient();
  useEffect(() => editsOf(object).watch({
    patch: (changes) => {
      for (const source of book.all()) source.patch(changes);
    },
    written: (ids) => {
      book.readAgain(ids);
      void client.invalidateQueries({ queryKey: ['records', object, 'aggregate'] });
      for (const id of ids) {
        void client.invalidateQueries({ queryKey: ['records', object, 'one', id] });
      }
    },
    moved: () => {
      void book.refresh();
      void client.invalidateQueries({ queryKey: ['records', object] });
    },
  }), [book, client, object]);
}

const FIRST_ROWS = 40;

/** The first rows of a plain table are asked for before it is drawn. */
function opened(query: RowQuery, definition: Definition): RowBook {
  const book = new RowBook(query);
  const plain = (definition.group ?? []).length === 0;
  if (plain) book.source('', query.where, null).look(0, FIRST_ROWS);
  return book;
}

/** The lines of a view: plain rows, or groups with their rows. */
export function useRows(
  query: RowQuery, definition: Definition, collapsed: ReadonlySet<string>,
): Rows {
  const identity = JSON.stringify([
    query.object.api_name, query.select, query.where, query.search, query.sort, definition.group,
  ]);
  const [kept, setKept] = useState(() => ({ identity, book: opened(query, definition) }));
  if (kept.identity !== identity) setKept({ identity, book: opened(query, definition) });
  const { book } = kept;
  const version = useSyncExternalStore(book.subscribe, book.getVersion);
  const { grouped, levels, ready, error, truncated } = useGroups(query, definition);
  const groupsText = JSON.stringify(levels);
  const tree = useMemo(
    () => groupTree(JSON.parse(groupsText) as typeof levels), [groupsText],
  );
  const { where } = query;
  const layout = useMemo(() => {
    // The version stands for what the sources know.
    if (version < 0 || !grouped) return plainLayout(book.source('', where, null));
    return groupedLayout(tree, collapsed, (node) => (
      book.source(node.path, withWhere(where, node.where), node.count)
    ));
  }, [book, version, grouped, tree, collapsed, where]);
  useFreshness(book, query.object.api_name);
  const own = book.all().find((source) => source.failure !== null)?.failure ?? null;
  return {
    book, layout, tree, truncated, error: error ?? own,
    ready: grouped ? ready : book.source('', where, null).started,
    retry: () => {
      for (const source of book.all()) source.retry();
    },
  };
}
