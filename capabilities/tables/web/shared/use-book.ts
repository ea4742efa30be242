import { useState, useSyncExternalStore } from 'react';
import { RowBook, useFreshness } from '../rows/use-rows';
import type { RowQuery } from '../rows/use-rows';
import { useLiveRows } from '../rows/use-live-rows';

/** The rows of a view that is no grid; they stay right while anybody writes. */
export function useBook(query: RowQuery): RowBook {
  const { object, select, where, search, sort } = query;
  const identity = JSON.stringify([object.api_name, select, where, search, sort]);
  const [kept, setKept] = useState(() => ({ identity, book: new RowBook(query) }));
  if (kept.identity !== identity) setKept({ identity, book: new RowBook(query) });
  const { book } = kept;
  useSyncExternalStore(book.subscribe, book.getVersion);
  useFreshness(book, object.api_name);
  useLiveRows(object.api_name, book, null);
  return book;
}
