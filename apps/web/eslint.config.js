import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import path from 'node:path';
import tseslint from 'typescript-eslint';

/** Which layer a file belongs to: shared code, a feature (by capability), or the app itself. */
function layerOf(file) {
  const feature = /\/capabilities\/([^/]+)\/web\//.exec(file);
  if (feature) return { level: 1, feature: feature[1] };
  if (/\/apps\/web\/src\/(app\/|main\.tsx)/.test(file)) return { level: 2, feature: null };
  return { level: 0, feature: null };
}

/** Imports go one way: shared -> features -> app; a feature never imports another. */
const layers = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      upward: 'Imports go shared -> features -> app; {{source}} points the other way.',
      sideways: 'A feature never imports another feature: {{source}}.',
    },
  },
  create(context) {
    const own = layerOf(context.filename);
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string' || !/^(\.|@\/)/.test(source)) return;
      const root = context.filename.replace(/\/(apps|capabilities)\/.*$/, '');
      const target = source.startsWith('@/')
        ? path.join(root, 'apps/web/src', source.slice(2))
        : path.resolve(path.dirname(context.filename), source);
      const other = layerOf(target);
      const data = { source };
      if (other.level > own.level) context.report({ node, messageId: 'upward', data });
      if (other.level === 1 && own.level === 1 && other.feature !== own.feature) {
        context.report({ node, messageId: 'sideways', data });
      }
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

const limits = {
  'max-lines': ['error', { max: 400 }],
  'max-lines-per-function': ['error', { max: 70 }],
  'max-len': ['error', { code: 100, ignoreUrls: true }],
};

export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/dist/**', '**/schema.d.ts'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [js.configs.recommended, tseslint.configs.strict, tseslint.configs.stylistic],
    plugins: { 'react-hooks': hooks, linchpin: { rules: { layers } } },
    languageOptions: { globals: globals.browser },
    rules: {
      ...hooks.configs.recommended.rules,
      ...limits,
      'linchpin/layers': 'error',
      'no-warning-comments': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrels: import the file itself.' },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [js.configs.recommended],
    languageOptions: { globals: globals.node },
    rules: limits,
  },
  {
    files: ['apps/web/public/**/*.js', 'public/**/*.js'],
    languageOptions: { globals: globals.serviceworker },
  },
);
