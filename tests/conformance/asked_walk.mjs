// What waits for a decision of the administrator, because somebody else asked for it.

import { another } from './pool.mjs';

const WEEK_MILLISECONDS = 7 * 24 * 3_600_000;

function asked(walk, object, fields) {
  return another(walk, async (person) => {
    const answer = await person.json('POST', `/records/${object}`, { fields });
    if (answer.status !== 201) throw new Error(`no ${object}: ${answer.status} ${answer.raw}`);
    return answer.body.id;
  });
}

async function askedOverride(walk) {
  const { user } = await walk.must('GET', '/session');
  const day = new Date(Date.now() + WEEK_MILLISECONDS).toISOString().slice(0, 10);
  return asked(walk, 'score_override', {
    account: await walk.account(), tier: 'key', reason: '框架协议', approver: user.id,
    expires_on: day,
  });
}

async function askedGift(walk) {
  const account = await walk.account();
  const contact = await walk.create('contact', { name: '王强', account });
  return asked(walk, 'gift', { account, contact, occasion: '周年庆典', value: '800' });
}

async function heldMeeting(walk) {
  const account = await walk.account();
  return walk.create('buying_meeting', {
    account, subject: '二期选型', held_on: '2026-05-06', state: 'held',
  });
}

/** What stands for {id} in their paths. */
export function askedMakers(walk) {
  return {
    approve_tier_override: () => askedOverride(walk), decide_gift: () => askedGift(walk),
    show_gift_sums: () => walk.account(), confirm_buying_meeting: () => heldMeeting(walk),
  };
}
