import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { asProblem } from '@/api/problem';
import type { RecordRow } from '@/api/types';
import { useDraft } from '@/ui/draft';
import type { Definition } from './model';
import { definitionOf, modelQuery, saveModel } from './scoring-api';

const QUIET_MS = 500;

type Draft = Readonly<{ now: Definition | null }>;
const NOTHING: Draft = { now: null };

/**
 * The draft of a model: kept by the server a moment after each change, so that the preview shows
 * its effect at once. What the server refuses stays here until it is mended.
 */
export function useModelDraft(record: RecordRow) {
  const client = useQueryClient();
  const [{ now: draft }, setDraft, clear] = useDraft<Draft>(`scoring.${record.id}`, NOTHING);
  const sent = useRef<Definition | null>(null);
  const save = useMutation({
    mutationFn: (wanted: Definition) => saveModel(record.id, record.version, wanted),
    onSuccess: (saved, wanted) => {
      client.setQueryData(modelQuery(record.id).queryKey, saved);
      if (sent.current === wanted) clear();
    },
  });
  const { mutate, isPending } = save;
  useEffect(() => {
    if (draft === null || isPending || sent.current === draft) return undefined;
    const timer = window.setTimeout(() => {
      sent.current = draft;
      mutate(draft);
    }, QUIET_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [draft, isPending, mutate]);
  const problem = save.error && draft !== null ? asProblem(save.error) : null;
  return {
    definition: draft ?? definitionOf(record.fields),
    saved: draft === null,
    problem,
    change: (part: Partial<Definition>) => {
      setDraft({ now: { ...(draft ?? definitionOf(record.fields)), ...part } });
    },
    /** Gives up what was typed here and takes what the server has. */
    discard: () => {
      clear();
      save.reset();
      void client.invalidateQueries({ queryKey: modelQuery(record.id).queryKey });
    },
  };
}
