import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useMeta } from '@/api/meta';
import { recordById } from '@/api/records';
import { sessionQuery } from '@/api/session';
import type { ObjectMeta } from '@/api/types';
import { setPreferences, usePreferences } from '@/theme/preferences';
import { pinnedNouns, readableNouns, rolePins } from './nouns';

const NONE: readonly string[] = [];

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

type Pins = Readonly<{
  nouns: readonly ObjectMeta[];
  /** Whether the person chose them; otherwise they are those of the role. */
  own: boolean;
  /** Undefined: those of the role again. */
  choose: (names: readonly string[] | undefined) => void;
}>;

/** The tables that stand in the navigation, kept for each person who uses this browser. */
export function usePins(): Pins {
  const meta = useMeta();
  const { user } = useSuspenseQuery(sessionQuery).data;
  const { pins } = usePreferences();
  const roles = useRoles();
  const chosen = pins[user.id];
  return {
    nouns: pinnedNouns(meta, chosen ?? (roles ? rolePins(roles) : NONE)),
    own: chosen !== undefined,
    choose: (names) => {
      setPreferences({ pins: { ...pins, [user.id]: names } });
    },
  };
}
