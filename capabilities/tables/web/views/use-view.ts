import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useMeta } from '@/api/meta';
import { recordById } from '@/api/records';
import type { Filter, ObjectMeta } from '@/api/types';
import { useUrlState } from '@/ui/url-state';
import { changesFromUrl, changesToUrl, isKind, withoutUnknown } from './definition';
import type { Definition, ViewKind } from './definition';
import { EVERYBODY, viewsQuery } from './views-api';
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

/** The table as it is, where another view would be the first. */
const NO_VIEW = 'none';
/** What in the address belongs to a view; without any of it the first view is shown. */
const OF_VIEW = ['view', 'where', 'sort', 'd', 'kind'] as const;

const CHANGES = { where: null, sort: null, d: null, kind: null, from: null };

const OWN_ROLES = ['roles'];

/** The roles of whoever looks; asked only where a view is made for some. */
function useRoles(wanted: boolean): readonly string[] {
  const { user } = useMeta();
  const found = useQuery({ ...recordById('user', user.id, OWN_ROLES), enabled: wanted });
  const roles = found.data?.fields.roles;
  return Array.isArray(roles) ? roles : [];
}

function firstFor(views: readonly View[], roles: readonly string[]): View | undefined {
  return views.find(({ defaultFor }) => defaultFor.some((role) => roles.includes(role)));
}

/** The view that the URL names, with the changes that the URL carries. */
export function useView(object: ObjectMeta): OpenView {
  const [params, set] = useUrlState();
  const { user } = useMeta();
  const { data: views = [] } = useQuery(viewsQuery(object.api_name));
  const roles = useRoles(views.some(({ defaultFor }) => defaultFor.length > 0));
  const untouched = OF_VIEW.every((name) => !params.has(name));
  const first = untouched ? firstFor(views, roles) ?? firstFor(views, [EVERYBODY]) : undefined;
  const saved = first ?? views.find((view) => view.id === params.get('view')) ?? null;
  const hasFirst = views.some(({ defaultFor }) => defaultFor.length > 0);
  const kindText = params.get('kind');
  const changes = useMemo(() => changesFromUrl(params), [params]);
  const definition = useMemo(
    () => withoutUnknown({ ...saved?.definition, ...changes }, object), [saved, changes, object],
  );
  const firstId = first?.id;
  const change = useCallback((next: Definition) => {
    const present = changesFromUrl(new URLSearchParams(window.location.search));
    const view = firstId === undefined ? {} : { view: firstId };
    set({ ...view, ...changesToUrl({ ...present, ...next }) }, { replace: true });
  }, [set, firstId]);
  return {
    views, saved, definition, change,
    kind: isKind(kindText) ? kindText : saved?.kind ?? 'grid',
    search: params.get('q') ?? '',
    changed: kindText !== null || Object.keys(changes).length > 0,
    mayChange: saved !== null && (saved.scope === 'shared' || saved.owner === user.id),
    open: (view) => {
      set({ ...CHANGES, q: null, view: view?.id ?? (hasFirst ? NO_VIEW : null) });
    },
    openKind: (kind) => {
      set({ kind, view: saved?.id ?? params.get('view') });
    },
    discard: () => {
      set(CHANGES);
    },
    drill: (where) => {
      set({ ...CHANGES, ...changesToUrl({ where }), view: hasFirst ? NO_VIEW : null });
    },
  };
}
