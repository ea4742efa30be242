// Runs the scenarios against the built server: node tests/conformance/run.mjs [options] [word]...
//
//   --preset NAME     which build to test (default: release)
//   --database NAME   only SQLite or PostgreSQL (default: both)
//   word              only scenarios whose file or title contains it

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { binary, root } from '../support/server.mjs';
import { answeredRoutes, contractProblems } from './contract.mjs';
import { databases } from './databases.mjs';
import { parseScenarios } from './language.mjs';
import { matrixProblems } from './matrix.mjs';
import { runStep, save } from './steps.mjs';
import { failureOf } from './values.mjs';
import { walkProblems } from './walk.mjs';
import { World } from './world.mjs';

const AT_ONCE = 2;
const SHOWN_CHARACTERS = 2_000;

function scenarioFiles() {
  const below = (folder) => readdirSync(join(root, folder), { withFileTypes: true });
  const own = below('tests/conformance').map(({ name }) => `tests/conformance/${name}`);
  const capabilities = below('capabilities').filter((entry) => entry.isDirectory());
  const theirs = capabilities.flatMap(({ name }) => {
    const folder = `capabilities/${name}/scenarios`;
    try {
      return below(folder).map((entry) => `${folder}/${entry.name}`);
    } catch {
      return [];
    }
  });
  return [...own, ...theirs].filter((path) => path.endsWith('.scenario')).sort();
}

function problemOf(step, subject, world) {
  const { expect } = step;
  if (subject === null) return expect ? 'this step has no answer to expect' : null;
  if (expect && subject.status !== expect.status) {
    return `expected ${expect.status}, got ${subject.status}`;
  }
  if (expect?.code && subject.body?.code !== expect.code) {
    return `expected ${expect.code}, got ${subject.body?.code}`;
  }
  for (const check of step.checks) {
    const failure = failureOf(check, subject, world.variables);
    if (failure !== null) return `${check.text}\n    but ${failure}`;
  }
  return null;
}

async function play(world, scenario) {
  for (const step of scenario.steps) {
    for (let n = 1; n <= step.times; n += 1) {
      const where = `line ${step.line}: ${step.text}`;
      let subject;
      let problem;
      try {
        subject = await runStep(world, step, scenario, n);
        problem = problemOf(step, subject, world);
      } catch (error) {
        problem = error.message;
      }
      if (problem !== null) {
        const shown = subject?.raw === undefined ? '' : `\n    answer: ${subject.raw}`;
        return `${where}\n    ${problem}${shown.slice(0, SHOWN_CHARACTERS)}`;
      }
      for (const wanted of step.expect?.saves ?? []) save(world, wanted, subject);
    }
  }
  return null;
}

/** null, or why the scenario failed. */
async function runScenario(program, database, scenario, seen) {
  const fresh = await database.fresh();
  const world = new World(program, fresh);
  try {
    await world.start();
    const failure = await play(world, scenario);
    seen.calls.push(...world.calls);
    seen.routes.push(...await answeredRoutes(world.server.address));
    await world.stop();
    return failure;
  } catch (error) {
    await world.server.kill();
    return error.message;
  } finally {
    fresh.remove();
  }
}

/** What is looked at as a whole: with all scenarios, or alone by its name. */
const WHOLE = { contract: contractProblems, walk: walkProblems, matrix: matrixProblems };

async function runAll(program, database, scenarios, seen) {
  const waiting = [...scenarios];
  let failed = 0;
  const worker = async () => {
    for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
      const failure = await runScenario(program, database, scenario, seen);
      if (failure === null) continue;
      failed += 1;
      const place = `${relative(root, scenario.path)}:${scenario.line}`;
      console.log(`FAILED ${place}: ${scenario.title} (${database.name})\n  ${failure}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failed;
}

/** Takes `--name VALUE` out of the arguments. */
function takeOption(args, name, otherwise) {
  const at = args.indexOf(`--${name}`);
  return at === -1 ? otherwise : args.splice(at, 2)[1];
}

async function main(args) {
  const program = binary(takeOption(args, 'preset', 'release'));
  const only = takeOption(args, 'database', '').toLowerCase();
  const chosen = databases(program).filter(({ name }) => name.toLowerCase().includes(only));
  const scenarios = scenarioFiles()
    .flatMap((path) => parseScenarios(join(root, path), readFileSync(join(root, path), 'utf8')))
    .filter(({ path, title }) => args.every((word) => `${path} ${title}`.includes(word)));
  let passed = 0;
  let failed = 0;
  for (const database of chosen) {
    const seen = { calls: [], routes: [] };
    let broken = await runAll(program, database, scenarios, seen);
    passed += scenarios.length - broken;
    for (const [name, problemsOf] of Object.entries(WHOLE)) {
      if (args.length > 0 && !args.includes(name)) continue;
      const problems = await problemsOf(program, database, { ...seen, alone: args.length > 0 });
      if (problems.length > 0) console.log(`FAILED ${name}:\n  ${problems.join('\n  ')}`);
      if (problems.length > 0) broken += 1;
      else passed += 1;
    }
    failed += broken;
    database.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
