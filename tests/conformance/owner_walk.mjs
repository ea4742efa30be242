// What the operations on whose an account is are called with.

import { another } from './pool.mjs';

/** An account that is somebody's. */
async function ownedAccount(walk) {
  const id = await walk.account();
  const { fields } = await walk.must('GET', `/records/account/${id}`);
  if (!fields.owner) {
    const patch = { fields: { owner: await walk.user() }, base: { owner: null } };
    await walk.must('PATCH', `/records/account/${id}`, patch);
  }
  return id;
}

async function asked(walk, person) {
  const account = await ownedAccount(walk);
  const wish = { to: await walk.user(), reason: '区域调整' };
  const answer = await person.json('POST', `/accounts/${account}/owner-requests`, wish);
  if (answer.status !== 201) throw new Error(`no request: ${answer.status} ${answer.raw}`);
  return answer.body.id;
}

/** What stands for {id} in their paths; who decides has not asked. */
export function ownerMakers(walk) {
  return {
    ask_for_owner: () => ownedAccount(walk),
    decide_owner_request: () => another(walk, (person) => asked(walk, person)),
    withdraw_owner_request: () => asked(walk, walk.maker),
  };
}

export async function ownerBody(walk, { operationId }) {
  if (operationId !== 'ask_for_owner') return undefined;
  return { to: await walk.user(), reason: '区域调整' };
}
