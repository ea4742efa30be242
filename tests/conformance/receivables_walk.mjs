// What the operations on payments are called with.

/** A payment of an account that is somebody's. */
export async function claimable(walk) {
  return walk.create('payment', { account: await walk.account(), amount: '100' });
}

/** Nothing is settled: the rest is an advance. */
export function claimBody({ operationId }) {
  return operationId === 'claim_payment' ? { parts: [] } : undefined;
}
