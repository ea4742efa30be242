// A file that nothing uses is either forgotten or dead.

// Found by convention, by name or by people, not by a mention in another file.
const ENTRIES = [
  /\.cpp$/, /_test\.mjs$/, /\.test\.tsx?$/, /\.scenario$/, /(^|\/)CMakeLists\.txt$/, /\.cmake$/,
  /(^|\/)schema\.json$/, /(^|\/)openapi(\/[^/]+)?\.json$/,
  /(^|\/)locales\/[^/]+\.json$/, /(^|\/)README[^/]*\.md$/, /(^|\/)\./,
  /^[^/]+$/, /^\.ci\//, /^script\/[^/.]+$/, /^docs\/decisions\//, /^tests\/load\/[^/]+\.mjs$/,
  /^tests\/fuzz\/(corpus\/.+|[^/]+\.dict)$/,
  /^capabilities\/[^/]+\/(install|rules)\.h$/, /^capabilities\/[^/]+\/web\/index\.tsx?$/,
  /(^|\/)(package|package-lock|tsconfig[^/]*)\.json$/, /\.d\.ts$/,
];

function reference(path) {
  const name = path.split('/').pop();
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (/\.h$/.test(path)) return new RegExp(`#\\s*include\\s*"([^"]*/)?${escaped(name)}"`);
  if (/\.tsx?$/.test(path)) {
    return new RegExp(`['"\`/]${escaped(name.replace(/\.tsx?$/, ''))}(\\.tsx?)?['"\`]`);
  }
  return new RegExp(`(^|[^\\w-])${escaped(name)}($|[^\\w-])`, 'm');
}

export const unusedFiles = {
  name: 'files that nothing uses',
  check(tree) {
    const texts = [...tree.files].filter(([, file]) => file.text !== null);
    return [...tree.files.keys()]
      .filter((path) => !ENTRIES.some((entry) => entry.test(path)))
      .flatMap((path) => {
        const named = reference(path);
        const used = texts.some(([other, { text }]) => other !== path && named.test(text));
        return used ? [] : [{ path, line: 1, text: 'no other file uses this one' }];
      });
  },
};
