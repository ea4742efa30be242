import { createStore } from '@/lib/store';

export type Toast = Readonly<{
  id: number;
  tone: 'success' | 'error' | 'info';
  text: string;
  action?: Readonly<{ label: string; perform: () => void }>;
}>;

export const toastStore = createStore<readonly Toast[]>([]);
let lastId = 0;

const SHOWN_MS = 5_000;
const UNDO_MS = 10_000;

export function closeToast(id: number): void {
  toastStore.set(toastStore.get().filter((toast) => toast.id !== id));
}

/** Says that something happened; with an action (undo) it stays ten seconds. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  lastId += 1;
  const id = lastId;
  toastStore.set([...toastStore.get(), { ...toast, id }]);
  window.setTimeout(() => {
    closeToast(id);
  }, toast.action ? UNDO_MS : SHOWN_MS);
}
