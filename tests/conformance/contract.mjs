// The OpenAPI document, the routes that answered and what the scenarios call must agree.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Client } from '../support/client.mjs';
import { root, Server } from '../support/server.mjs';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const BASE = '/api/v1';

/** Names of path parameters do not matter: /a/{id} is /a/{record}. */
function shape(method, path) {
  return `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}')}`;
}

function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, operations]) => {
    const whole = path.startsWith(BASE) || operations.servers ? path : BASE + path;
    return METHODS.filter((method) => method in operations)
      .map((method) => ({ method, path: whole }));
  });
}

/** The routes that have answered are labels of the metrics. */
export async function answeredRoutes(address) {
  const client = new Client(address);
  const metrics = await client.send({ method: 'GET', path: '/metrics' });
  client.close();
  const labels = metrics.raw.matchAll(/method="(\w+)",route="(\/[^"]*)"/g);
  return [...labels].map(([, method, path]) => shape(method, path));
}

function isCalled({ method, path }, calls) {
  const pattern = new RegExp(`^${path.replace(/\{[^}]*\}/g, '[^/]+')}$`);
  return calls.some(([called, where]) => called.toLowerCase() === method && pattern.test(where));
}

/** What disagrees. `calls` are [method, path] of the scenarios, `routes` those that answered. */
export async function contractProblems(program, database, { calls, routes }) {
  const fresh = await database.fresh();
  const server = await new Server(program, fresh.url).start();
  const client = new Client(server.address);
  const answer = await client.send({ method: 'GET', path: `${BASE}/openapi.json` });
  client.close();
  await server.stop();
  fresh.remove();
  if (answer.status !== 200 || !answer.body?.paths) return ['the server gives no OpenAPI document'];
  const operations = operationsOf(answer.body);
  const documented = new Set(operations.map(({ method, path }) => shape(method, path)));
  const missing = [...new Set(routes)].filter((route) => !documented.has(route));
  const silent = operations.filter((operation) => !isCalled(operation, calls));
  const kept = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8'));
  const same = isDeepStrictEqual(kept, answer.body);
  return [
    ...missing.map((route) => `${route} is not in the OpenAPI document`),
    ...silent.map(({ method, path }) => `no scenario calls ${method.toUpperCase()} ${path}`),
    ...(same ? [] : ['docs/openapi.json is not what the server gives']),
  ];
}
