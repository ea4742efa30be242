// Includes go one way, and capabilities meet only through records and changes.

// Lower may not include higher. Modules of one level do not include each other.
const LEVELS = {
  base: 0, drawing: 1, storage: 1, stream: 2, access: 3, records: 4, jobs: 5, subscribers: 5,
  inbound: 6,
};
// jobs/tabular reads files and knows nothing but base.
const TABULAR = /^(src\/)?(jobs\/)?tabular\//;

const FOR_CAPABILITIES = new RegExp('^(records|jobs|access|drawing|base)/|' +
  '^inbound/(registration|member_routes|body|http/message)\\.h$');

function includesOf(tree, path) {
  return tree.lines(path).flatMap((text, index) => {
    const match = /^\s*#\s*include\s*"([^"]+)"/.exec(text);
    return match ? [{ target: match[1], line: index + 1 }] : [];
  });
}

function moduleOf(target) {
  const folder = target.split('/')[0];
  return target.includes('/') && folder in LEVELS ? folder : null;
}

function problemInSource(path, target, capabilities) {
  const own = path.split('/')[1];
  const other = moduleOf(target);
  if (capabilities.has(target.split('/')[0]) && target.includes('/') && other === null) {
    return `src never includes a capability: ${target}`;
  }
  if (TABULAR.test(path) && other !== null && other !== 'base' && !TABULAR.test(target)) {
    return `jobs/tabular uses base only: ${target}`;
  }
  if (other === null || other === own) return null;
  if (LEVELS[other] < LEVELS[own]) return null;
  return `${own} may not include ${target}: includes go towards base`;
}

function problemInCapability(path, target, capabilities) {
  const own = path.split('/')[1];
  const folder = target.split('/')[0];
  if (!target.includes('/') || folder === own) return null;
  if (capabilities.has(folder) && moduleOf(target) === null) {
    return `capabilities never include each other: ${target}`;
  }
  if (/_test\.cpp$/.test(path) || FOR_CAPABILITIES.test(target)) return null;
  return 'a capability may use records, jobs, access, drawing, base and of inbound ' +
    `registration.h, member_routes.h and body.h: ${target}`;
}

export const includeDirection = {
  name: 'direction of includes',
  check(tree) {
    const capabilities = new Set(
      tree.paths(/^capabilities\/[^/]+\//).map((path) => path.split('/')[1]),
    );
    return tree.paths(/^(src|capabilities\/[^/]+)\/.*\.(cpp|h)$/).flatMap((path) =>
      includesOf(tree, path).flatMap(({ target, line }) => {
        const problem = path.startsWith('src/')
          ? problemInSource(path, target, capabilities)
          : problemInCapability(path, target, capabilities);
        return problem === null ? [] : [{ path, line, text: problem }];
      }),
    );
  },
};
