import { useMutation, useQueryClient } from '@tanstack/react-query';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { showToast } from '@/ui/toast';
import { meetingParts } from './meeting-api';

/** Writes to the meeting or a part of it; all of it is read anew. */
export function useMeetingChange<T>(change: (given: T) => Promise<unknown>, text?: string) {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      if (text !== undefined) showToast({ tone: 'success', text: t(text) });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
    onSettled: () => Promise.all(meetingParts.map((queryKey) => (
      client.invalidateQueries({ queryKey })
    ))),
  });
}
