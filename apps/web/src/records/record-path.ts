/** Objects whose records have pages of their own; all others share one. */
const OWN_PAGES: Readonly<Record<string, string>> = {
  account: '/accounts', pool_round: '/pool/rounds', role: '/roles', scoring_model: '/scoring',
  target_list: '/pool/targets',
};

export function recordPath(object: string, id: string): string {
  if (object === 'user') return `/people?user=${id}`;
  return `${listPath(object)}/${id}`;
}

export function listPath(object: string): string {
  if (object === 'user') return '/people';
  return OWN_PAGES[object] ?? `/records/${object}`;
}
