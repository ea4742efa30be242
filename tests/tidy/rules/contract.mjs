// What the project says of itself: the OpenAPI document lists every route that is written in one
// piece (tests/conformance compares it with all routes of the running server), and every
// capability that it claims has a scenario or a journey that names it.

import { lineAt } from '../tree.mjs';

const DOCUMENT = 'docs/openapi.json';
const CLAIMS = 'docs/capabilities.md';
const METHODS = {
  get: 'get', post: 'post', put: 'put', patch: 'patch', del: 'delete', ask: 'post',
};
const ROUTE = new RegExp(
  '(?:Method::(get|post|put|patch|del)\\s*,\\s*(?:\\.pattern\\s*=\\s*)?|' +
  'routes\\.(get|ask)\\(\\s*)"(/[^"]*)"', 'g',
);

/** Names of path parameters do not matter: /a/{id} is /a/{record}. */
function shape(method, path) {
  return `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`;
}

function documented(tree) {
  const { paths = {}, servers = [] } = JSON.parse(tree.text(DOCUMENT));
  const base = servers[0]?.url ?? '';
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((method) => Object.values(METHODS).includes(method))
      .map((method) => shape(method, base !== '/api/v1' ? path.replace(/^\/api\/v1/, '') : path)),
  );
}

function registered(tree) {
  return tree.paths(/^(src\/inbound|apps\/server|capabilities)\/.*\.cpp$/)
    .filter((path) => !/_test\.cpp$/.test(path))
    .flatMap((path) => {
      const { plain } = tree.masked(path);
      return [...plain.matchAll(ROUTE)].map((match) => ({
        path,
        line: lineAt(plain, match.index),
        route: shape(METHODS[match[1] ?? match[2]], match[3]),
      }));
    });
}

export const operations = {
  name: 'operations in the OpenAPI document',
  check(tree) {
    const routes = registered(tree);
    if (!tree.files.has(DOCUMENT)) {
      return routes.length === 0 ? [] : [{ path: DOCUMENT, line: 1, text: 'does not exist' }];
    }
    const known = new Set(documented(tree));
    return routes.filter(({ route }) => !known.has(route))
      .map(({ path, line, route }) => ({ path, line, text: `${route} is not in ${DOCUMENT}` }));
  },
};

const PROOF = /^(tests|capabilities)\/.*\.scenario$|^tests\/journeys\/.*\.mjs$/;

export const claims = {
  name: 'claimed capabilities have a scenario',
  check(tree) {
    const proofs = tree.paths(PROOF).map((path) => tree.text(path));
    return tree.lines(CLAIMS).flatMap((text, index) => {
      const id = /^\|\s*([A-Z]\d+)\s*\|/.exec(text)?.[1];
      if (!id || proofs.some((proof) => proof.includes(`[${id}]`))) return [];
      return [{ path: CLAIMS, line: index + 1, text: `no scenario or journey names [${id}]` }];
    });
  },
};
