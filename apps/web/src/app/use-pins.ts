import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import { useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { createRecord, deleteRecord, recordById, recordQuery } from '@/api/records';
import { sessionQuery } from '@/api/session';
import type { ObjectMeta, QueryAnswer, RecordRow } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { showToast } from '@/ui/toast';
import { pinnedNouns, readableNouns, rolePins } from './nouns';

const NONE: readonly string[] = [];
/** The kind of the view in which somebody's navigation is kept; it is of no table. */
const NAVIGATION = 'navigation';
const chosenQuery = recordQuery('view', {
  select: ['definition'], sort: [{ field: 'created_at', dir: 'asc' }], page: { limit: 1 },
  where: {
    op: 'and',
    args: [
      { op: 'eq', field: 'owner', value: { var: 'me' } },
      { op: 'eq', field: 'kind', value: NAVIGATION },
    ],
  },
});

/** The roles of who is signed in; unknown while they are asked for. */
function useRoles(): readonly string[] | undefined {
  const { user } = useSuspenseQuery(sessionQuery).data;
  const readable = readableNouns(useMeta()).some((object) => object.api_name === 'user');
  const answer = useQuery({
    ...recordById('user', user.id, ['roles']), enabled: readable, staleTime: Infinity,
  });
  if (!readable || answer.isError) return NONE;
  if (!answer.data) return undefined;
  const roles = answer.data.fields.roles;
  return Array.isArray(roles) ? roles.map(String) : NONE;
}

function tablesIn(record: RecordRow | undefined): readonly string[] | undefined {
  const definition = record?.fields.definition as Readonly<{ tables?: unknown }> | null | undefined;
  return Array.isArray(definition?.tables) ? definition.tables.map(String) : undefined;
}

/** Shows a choice at once and stores it; one after the other, each over the one before. */
function useChoose() {
  const { t } = useText();
  const client = useQueryClient();
  const { user } = useSuspenseQuery(sessionQuery).data;
  const { queryKey } = chosenQuery;
  const show = (records: readonly RecordRow[]) => {
    client.setQueryData(queryKey, (before: QueryAnswer | undefined) => (
      before && { ...before, records }
    ));
  };
  return useMutation({
    scope: { id: NAVIGATION },
    mutationFn: async (tables: readonly string[] | undefined) => {
      const stored = client.getQueryData(queryKey)?.records.find(({ id }) => id !== '');
      const definition = { tables };
      if (!tables) {
        if (stored) await deleteRecord('view', stored.id);
        return [];
      }
      if (!stored) {
        return [await createRecord('view', {
          name: NAVIGATION, object: NAVIGATION, kind: NAVIGATION, owner: user.id, definition,
        })];
      }
      const headers = { 'If-Match': '*' };
      const path = `/records/view/${stored.id}`;
      return [await api.patch<RecordRow>(path, { fields: { definition } }, { headers })];
    },
    onMutate: (tables) => {
      const stored = client.getQueryData(queryKey)?.records[0];
      show([{ ...stored, id: stored?.id ?? '', fields: { definition: { tables } } } as RecordRow]);
    },
    onSuccess: show,
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
      void client.invalidateQueries({ queryKey });
    },
  });
}

type Pins = Readonly<{
  nouns: readonly ObjectMeta[];
  /** Whether the person chose them; otherwise they are those of the role. */
  own: boolean;
  /** Undefined: those of the role again. */
  choose: (names: readonly string[] | undefined) => void;
}>;

/** The tables that stand in the navigation, kept for each person wherever he signs in. */
export function usePins(): Pins {
  const meta = useMeta();
  const readable = useObjectMeta('view')?.rights.read ?? false;
  const stored = useQuery({ ...chosenQuery, enabled: readable });
  const roles = useRoles();
  const choose = useChoose();
  const chosen = tablesIn(stored.data?.records[0]);
  const waits = !roles || (readable && stored.isPending);
  return {
    nouns: pinnedNouns(meta, chosen ?? (waits ? NONE : rolePins(roles))),
    own: chosen !== undefined,
    choose: choose.mutate,
  };
}
