// Walks through the product in a real browser: node tests/journeys/run.mjs [options] [word]...
//
//   --preset NAME   which build to test (default: release)
//   word            only journeys whose title contains it
//
// Each journey has a fresh database. Screenshots are left in build/shots.

import { parseArgs } from 'node:util';
import { binary, Folder, Server } from '../support/server.mjs';
import { journeys as audit } from './access_and_audit.mjs';
import { journeys as card } from './account_card.mjs';
import { journeys as big } from './big_table.mjs';
import { Visitor } from './browser.mjs';
import { journeys as claiming } from './claiming.mjs';
import { journeys as check } from './check.mjs';
import { journeys as demo } from './demo_company.mjs';
import { journeys as dossier } from './dossier.mjs';
import { journeys as first } from './first_key_accounts.mjs';
import { journeys as handover } from './handover.mjs';
import { journeys as hidden } from './hidden_fields.mjs';
import { journeys as inbox } from './inbox.mjs';
import { journeys as oneCustomer } from './one_customer.mjs';
import { journeys as people } from './people_and_roles.mjs';
import { journeys as customerPeople } from './people_of_account.mjs';
import { journeys as pool } from './pool.mjs';
import { journeys as powerMap } from './power_map.mjs';
import { journeys as scoring } from './scoring.mjs';
import { journeys as tables } from './tables.mjs';
import { journeys as together } from './together.mjs';
import { journeys as two } from './two_people.mjs';

const STEP_MILLISECONDS = 20_000;

async function travel(program, visitor, journey) {
  const folder = new Folder('journey');
  const database = `sqlite:${folder.file('linchpin.db')}`;
  visitor.problems = [];
  try {
    await journey.prepare?.(program, database);
    const server = await new Server(program, database).start();
    try {
      await journey.walk({ visitor, address: server.address, timeout: STEP_MILLISECONDS });
      if (visitor.problems.length > 0) throw new Error(visitor.problems.join('\n'));
    } catch (error) {
      await visitor.shot(`failed-${journey.name}`).catch(() => null);
      throw error;
    } finally {
      await visitor.leave();
      await server.stop();
    }
  } finally {
    folder.remove();
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    options: { preset: { type: 'string', default: 'release' } }, allowPositionals: true,
  });
  const program = binary(values.preset);
  const all = [
    first, demo, dossier, tables, big, two, together, hidden, people, scoring, pool, powerMap,
    audit, handover, inbox, claiming, oneCustomer, card, customerPeople, check,
  ].flat();
  const chosen = all.filter(({ title }) => positionals.every((word) => title.includes(word)));
  const visitor = await Visitor.launch();
  let failed = 0;
  for (const journey of chosen) {
    const start = Date.now();
    try {
      await travel(program, visitor, journey);
      console.log(`ok      ${journey.title} (${Date.now() - start} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${journey.title}: ${error.stack}`);
    }
  }
  await visitor.close();
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  return failed === 0 && chosen.length > 0 ? 0 : 1;
}

process.exitCode = await main();
