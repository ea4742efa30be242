import { useMutation, useQueryClient } from '@tanstack/react-query';
import { readShares, writeShares } from '@/api/access';
import type { Share, ShareWish } from '@/api/access';

type Change = (shares: readonly Share[]) => readonly ShareWish[];

/** Applies a change to the list as it is now, so that nobody's share of meanwhile is lost. */
export function useChangeShares(object: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: Change) => (
      writeShares(object, id, change(await readShares(object, id)))
    ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['records', object] }),
  });
}
