import { useMutation, useQueryClient } from '@tanstack/react-query';
import { asProblem } from '@/api/problem';
import { act, importById, putPlan } from '@/imports/import-api';
import type { ImportJob, ImportPlan } from '@/imports/import-api';

const CHECK_PAUSE_MS = 500;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    window.setTimeout(resolve, milliseconds);
  });
}

export type Repeat = 'replace';

/** Runs a checked import; a file that was imported before is planned anew as the person chose. */
export function useRun(job: ImportJob) {
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: async (repeat: Repeat | null) => {
      if (repeat !== null && job.plan) await replan(job.plan);
      await act(job.id, 'run');
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['identify'] }),
  });
  async function replan(plan: ImportPlan): Promise<void> {
    const { object, mode, match, mapping, defaults, automations } = plan;
    await putPlan(job.id, {
      object, mode, match, mapping, defaults, automations, replace: 'order', repeat: true,
    });
    const { queryKey } = importById(job.id);
    for (;;) {
      await pause(CHECK_PAUSE_MS);
      await client.refetchQueries({ queryKey });
      if (client.getQueryData(queryKey)?.state !== 'planning') return;
    }
  }
  const isDuplicate = run.error !== null && asProblem(run.error).code === 'duplicate';
  return { run, isDuplicate };
}
