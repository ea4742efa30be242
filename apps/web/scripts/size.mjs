// Measures the JavaScript that is fetched before the shell is usable and fails above the limit.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 250_000;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'));

// Signing in and the frame around the pages, with all that they import.
const SHELL_PARTS = [
  'index.html', 'src/i18n/texts-zh.ts', 'src/i18n/kit-zh.ts', 'src/app/sign-in.tsx',
  'src/app/shell.tsx', 'src/app/toasts.tsx',
];
const files = new Set();
function collect(key) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`the build has no chunk ${key}`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) collect(imported);
}
for (const part of SHELL_PARTS) collect(part);

let total = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(dist + file), { level: 9 }).length;
  total += size;
  console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  initial JavaScript, gzip`);
if (total > LIMIT_BYTES) {
  console.error(`above the limit of ${LIMIT_BYTES / 1000} kB`);
  process.exit(1);
}
