import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const manifest = JSON.parse(readFileSync(here('./package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** Of a feature's texts, asked for with `?shell`, those that its index names to the shell. */
function shellTexts(): Plugin {
  return {
    name: 'shell-texts',
    enforce: 'pre',
    load(id) {
      const found = /^(.*)\/locales\/web\.[\w-]+\.json\?shell$/.exec(id);
      if (!found) return null;
      const index = readFileSync(`${found[1] ?? ''}/web/index.ts`, 'utf8');
      const texts = JSON.parse(readFileSync(id.replace('?shell', ''), 'utf8')) as object;
      const named = Object.entries(texts).filter(([key]) => index.includes(`'${key}'`));
      const code = JSON.stringify(Object.fromEntries(named));
      return { code: `export default ${code}`, moduleType: 'js' };
    },
  };
}

export default defineConfig({
  base: '/',
  plugins: [shellTexts(), react()],
  resolve: {
    alias: { '@': here('./src') },
    // Feature pages live outside this folder; their packages are found here all the same.
    dedupe: Object.keys(manifest.dependencies),
  },
  server: {
    fs: { allow: [here('../..')] },
    proxy: {
      '/api': { target: process.env.LINCHPIN_SERVER ?? 'http://127.0.0.1:8080', ws: true },
    },
  },
  build: { target: 'es2022', manifest: true, modulePreload: { polyfill: false } },
  test: {
    environment: 'node',
    setupFiles: [here('./scripts/test-setup.ts')],
    include: ['src/**/*.test.ts', '../../capabilities/*/web/**/*.test.ts'],
  },
});
