import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useMeta } from '@/api/meta';
import type { Filter, ObjectMeta } from '@/api/types';
import { useUrlState } from '@/ui/url-state';
import { changesFromUrl, changesToUrl, isKind, withoutUnknown } from './definition';
import type { Definition, ViewKind } from './definition';
import { viewsQuery } from './views-api';
import type { View } from './views-api';

export type OpenView = Readonly<{
  views: readonly View[];
  /** The saved view that is open; null is the table as it is. */
  saved: View | null;
  kind: ViewKind;
  definition: Definition;
  search: string;
  /** The URL says something that the saved view does not. */
  changed: boolean;
  mayChange: boolean;
  change: (changes: Definition) => void;
  open: (view: View | null) => void;
  openKind: (kind: ViewKind) => void;
  discard: () => void;
  /** Shows some of the records as a plain grid: what is behind a figure. */
  drill: (where: Filter | undefined) => void;
}>;

const CHANGES = { where: null, sort: null, d: null, kind: null, from: null };

/** The view that the URL names, with the changes that the URL carries. */
export function useView(object: ObjectMeta): OpenView {
  const [params, set] = useUrlState();
  const { user } = useMeta();
  const { data: views = [] } = useQuery(viewsQuery(object.api_name));
  const saved = views.find((view) => view.id === params.get('view')) ?? null;
  const kindText = params.get('kind');
  const changes = useMemo(() => changesFromUrl(params), [params]);
  const definition = useMemo(
    () => withoutUnknown({ ...saved?.definition, ...changes }, object), [saved, changes, object],
  );
  const change = useCallback((next: Definition) => {
    const present = changesFromUrl(new URLSearchParams(window.location.search));
    set(changesToUrl({ ...present, ...next }), { replace: true });
  }, [set]);
  return {
    views, saved, definition, change,
    kind: isKind(kindText) ? kindText : saved?.kind ?? 'grid',
    search: params.get('q') ?? '',
    changed: kindText !== null || Object.keys(changes).length > 0,
    mayChange: saved !== null && (saved.scope === 'shared' || saved.owner === user.id),
    open: (view) => {
      set({ ...CHANGES, q: null, view: view?.id ?? null });
    },
    openKind: (kind) => {
      set({ kind });
    },
    discard: () => {
      set(CHANGES);
    },
    drill: (where) => {
      set({ ...CHANGES, ...changesToUrl({ where }), view: null, kind: null });
    },
  };
}
