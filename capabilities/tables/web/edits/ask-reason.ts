import { createStore } from '@/lib/store';

type Question = Readonly<{ answer: (reason: string | null) => void }>;

/** The question that waits for its answer; the dialog on the page watches it. */
export const reasonQuestion = createStore<Question | null>(null);

/** Asks why an important field changes; null when the person gives up. */
export function askReason(): Promise<string | null> {
  return new Promise((resolve) => {
    reasonQuestion.set({
      answer: (reason) => {
        reasonQuestion.set(null);
        resolve(reason);
      },
    });
  });
}
