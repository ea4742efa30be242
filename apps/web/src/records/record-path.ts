/** Where a record is opened. Accounts have a page of their own in the life cycle. */
export function recordPath(object: string, id: string): string {
  return object === 'account' ? `/accounts/${id}` : `/records/${object}/${id}`;
}

export function listPath(object: string): string {
  return object === 'account' ? '/accounts' : `/records/${object}`;
}
