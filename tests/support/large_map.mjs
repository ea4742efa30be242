// An account of so many people that its power map is hard to draw; for the journey and the
// measurement.

export const MAP_PEOPLE = 200;

/**
 * Ten who decide, forty who manage, the others work for them. `call(path, body)` asks the API;
 * gives the ids of the account and of its people by layer.
 */
export async function largeMap(call) {
  const account = await call('/records/account', { fields: { code: 'M1', name: '华北电力' } });
  const layers = [['deciding', 10], ['managing', 40], ['operating', MAP_PEOPLE - 50]];
  const made = [];
  for (const [layer, count] of layers) {
    const above = made.at(-1);
    const ops = Array.from({ length: count }, (_, at) => ({
      op: 'create',
      fields: {
        account: account.id, name: `${layer[0]}${String(at).padStart(3, '0')}`, layer,
        function: ['user', 'technical', 'finance'][at % 3], department_name: `部门${at % 7}`,
        ...(above ? { reports_to: above[at % above.length] } : {}),
      },
    }));
    const { results } = await call('/records/contact/batch', { mode: 'atomic', ops });
    made.push(results.map(({ id }) => id));
  }
  await call('/records/contact_standing', { fields: {
    contact: made[0][0], support: 4, influence: 5, evidence: '会上支持我方方案',
  } });
  return { account: account.id, people: made };
}

/** Lines of influence from those who manage to those who decide. */
export function addInfluence(call, { people: [deciding, managing] }) {
  return call('/records/contact_influence/batch', {
    mode: 'atomic',
    ops: managing.map((from, at) => ({
      op: 'create',
      fields: { from, to: deciding[at % deciding.length], strength: 'medium' },
    })),
  });
}
