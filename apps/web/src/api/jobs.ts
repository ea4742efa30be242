import { api } from './client';
import type { components } from './schema';

type Job = components['schemas']['Job'];

const LOOK_AGAIN_MS = 700;
const FINISHED = new Set<Job['state']>(['done', 'failed', 'cancelled']);

/** Waits until a job is over, however it ends. */
export async function finishedJob(id: string): Promise<Job> {
  for (;;) {
    const job = await api.get<Job>(`/jobs/${id}`);
    if (FINISHED.has(job.state)) return job;
    await new Promise((resolve) => {
      window.setTimeout(resolve, LOOK_AGAIN_MS);
    });
  }
}
