import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const manifest = JSON.parse(readFileSync(here('./package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

export default defineConfig({
  base: '/',
  plugins: [react()],
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
