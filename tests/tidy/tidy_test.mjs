import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionsInCpp, functionsInJs } from './functions.mjs';
import { mask, stringLiterals } from './mask.mjs';
import { held } from './ratchet.mjs';
import { bannedWords, coAwaitArguments } from './rules/banned.mjs';
import { claims, operations } from './rules/contract.mjs';
import { includeDirection } from './rules/includes.mjs';
import { buildOutput, largeFiles, machinePlaces, unfinishedMarks } from './rules/repository.mjs';
import { fileSizes, functionSizes, lineLengths } from './rules/sizes.mjs';
import { bothLanguages, textKeys, textsInCode } from './rules/texts.mjs';
import { unusedFiles } from './rules/unused.mjs';
import { Tree } from './tree.mjs';

const found = (rule, texts) =>
  rule.check(Tree.of(texts)).map(({ path, line, text }) => `${path}:${line}: ${text}`);
const lines = (count, text = '') => `${text}\n`.repeat(count);

describe('sizes', () => {
  it('limits headers and sources', () => {
    assert.deepEqual(found(fileSizes, {
      'src/a.h': lines(201), 'src/b.h': lines(200), 'src/c.cpp': lines(401), 'd.css': lines(400),
    }), ['src/a.h:201: has 201 lines (max 200)', 'src/c.cpp:401: has 401 lines (max 400)']);
  });

  it('limits functions of C++ and of TypeScript', () => {
    const long = `int f(int a) {\n${lines(70, '  g();')}}\n`;
    const short = `int f(int a) {\n${lines(68, '  g();')}}\n`;
    assert.deepEqual(found(functionSizes, {
      'a.cpp': `namespace x {\n${long}}\n`, 'b.cpp': short,
      'c.ts': `export function f(a) {\n${lines(70, '  g();')}}\n`,
    }), ['a.cpp:2: f has 72 lines (max 70)', 'c.ts:1: f has 72 lines (max 70)']);
  });

  it('limits lines by characters, not bytes', () => {
    assert.deepEqual(found(lineLengths, {
      'a.cpp': `${'x'.repeat(101)}\n${'客'.repeat(100)}\n`,
    }), ['a.cpp:1: 101 columns (max 100)']);
  });
});

describe('finding functions', () => {
  const names = (text) => functionsInCpp(mask(text, 'cpp').code).map(({ name }) => name);

  it('tells functions from classes, data and initialisers', () => {
    assert.deepEqual(names(`
      struct S { int a{}; void m() const { g(); } };
      constexpr int table[] = {f(1), f(2)};
      S::S(int a) : a_{a}, b_(a) { run(); }
      bool operator==(const S& x, const S& y) { return true; }
      enum class E { one, two };
      auto h() -> std::vector<int> { return {}; }
      const auto made = [](int a) { return a; };
      TEST(Name, does) { if (true) { x(); } }
    `), ['m', 'S::S', 'function', 'h', 'function', 'TEST']);
  });

  it('is not misled by strings, comments and directives', () => {
    const text = '#define X {\nvoid f() { s = "}"; /* } */ c = \'}\'; } // {\nvoid g() {}';
    assert.deepEqual(names(text), ['f', 'g']);
    assert.deepEqual(names('auto s = R"x( { )x"; int n = 1\'000; void f() {}'), ['f']);
  });

  it('sees nested functions of TypeScript but not control flow', () => {
    const code = mask('const f = (a) => { if (a) { g(() => { h(); }); } };', 'js').code;
    assert.equal(functionsInJs(code).length, 2);
  });
});

describe('masking', () => {
  it('keeps places and knows templates and regular expressions', () => {
    const text = 'a(`x ${b("y")} z`, /["\'`]/, 1 / 2); // "c"';
    const { code } = mask(text, 'js');
    assert.equal(code.length, text.length);
    assert.match(code, /^a\(` {2}\$?/);
    assert.ok(code.includes('b(" ")') && !code.includes('c') && code.includes('1 / 2'));
  });

  it('gives string literals back', () => {
    const values = stringLiterals(mask('f("a.b", \'c\')', 'js')).map(({ value }) => value);
    assert.deepEqual(values, ['a.b', 'c']);
    const numbers = stringLiterals(mask('int n = 1\'000; f("a");', 'cpp'));
    assert.deepEqual(numbers.map(({ value }) => value), ['a']);
  });
});

describe('includes', () => {
  it('go towards base', () => {
    assert.deepEqual(found(includeDirection, {
      'src/storage/a.cpp': '#include "records/records.h"\n#include "base/id.h"\n',
      'src/records/b.h': '#include <vector>\n#include "stream/change_log.h"\n',
      'src/jobs/tabular/c.h': '#include "records/records.h"\n#include "jobs/tabular/d.h"\n',
    }), [
      'src/storage/a.cpp:1: storage may not include records/records.h: includes go towards base',
      'src/jobs/tabular/c.h:1: jobs/tabular uses base only: records/records.h',
    ]);
  });

  it('keep capabilities apart', () => {
    assert.deepEqual(found(includeDirection, {
      'capabilities/identify/a.cpp':
        '#include "orders/b.h"\n#include "inbound/member_routes.h"\n#include "storage/sql.h"\n' +
        '#include "identify/c.h"\n#include "jobs/jobs.h"\n',
      'capabilities/orders/b.h': '',
      'src/inbound/d.cpp': '#include "orders/b.h"\n',
    }), [
      'capabilities/identify/a.cpp:1: capabilities never include each other: orders/b.h',
      'capabilities/identify/a.cpp:3: a capability may use records, jobs, access, drawing, base ' +
        'and of inbound registration.h, member_routes.h and body.h: storage/sql.h',
      'src/inbound/d.cpp:1: src never includes a capability: orders/b.h',
    ]);
  });
});

describe('unused files', () => {
  it('are found by the lack of a mention', () => {
    assert.deepEqual(found(unusedFiles, {
      'src/a/a.h': '', 'src/a/b.h': '', 'src/a/a.cpp': '#include "a/a.h"\n',
      'web/x.ts': "import './y';", 'web/y.ts': '', 'web/main.tsx': "import { z } from './x';",
      'web/index.html': '<script src="/main.tsx">', 'README.md': 'web/index.html',
      'docs/lost.md': '',
    }), [
      'src/a/b.h:1: no other file uses this one', 'docs/lost.md:1: no other file uses this one',
    ]);
  });
});

describe('banned words', () => {
  const cpp = (code) => found(bannedWords, { 'src/x/a.cpp': code });

  it('name their replacement', () => {
    for (const code of [
      'std::stod(s)', 'std::stoi(s)', 'std::regex r', 'using namespace std;', 'strcpy(a, b)',
      'sprintf(a)', 'rand()', 'time(nullptr)', 'std::cout << 1', 'std::endl', 'double amount',
      'GTEST_SKIP()', 'std::this_thread::sleep_for(x)', 'system_clock::now()',
    ]) assert.equal(cpp(code).length, 1, code);
    assert.deepEqual(cpp('std::stod(s)'),
      ['src/x/a.cpp:1: std::stod is banned, use parse_decimal']);
  });

  it('do not count in comments, strings, or other words', () => {
    const harmless = '// std::stod\n"std::cout"; daytime(x); a.time(); runtime(1); brand();';
    assert.deepEqual(cpp(harmless), []);
    assert.deepEqual(cpp('using namespace std::chrono_literals;'), []);
    assert.deepEqual(found(bannedWords, { 'apps/server/main.cpp': 'std::cout << 1' }), []);
  });

  it('hold for pages and scripts', () => {
    assert.equal(found(bannedWords, { 'a.ts': 'x as any' }).length, 1);
    assert.equal(found(bannedWords, { 'a.test.ts': "it.skip('x')" }).length, 1);
    assert.equal(found(bannedWords, { 'a.ts': `// ${'eslint'}-disable-next-line` }).length, 1);
    assert.equal(found(bannedWords, { 'a.cpp': `f(); // ${'NO'}LINT` }).length, 1);
    assert.equal(found(bannedWords, { 'a.cpp': `f(); // ${'NO'}LINT(x): because` }).length, 0);
  });
});

describe('co_await', () => {
  const count = (code) => found(coAwaitArguments, { 'a.cpp': code }).length;

  it('takes no braces and no captures', () => {
    assert.equal(count('co_await f(Args{1});'), 1);
    assert.equal(count('co_await f([x] { return x; });'), 1);
    assert.equal(count('co_await f([&](int a) { return a; });'), 1);
  });

  it('takes named values and subscripts', () => {
    assert.equal(count('auto r = co_await f(std::move(work), list[i]);'), 0);
    assert.equal(count('if (co_await f(a)) { g(); }'), 0);
  });
});

describe('texts', () => {
  const pair = (zh, en) => ({
    'apps/web/locales/zh-CN.json': JSON.stringify(zh),
    'apps/web/locales/en.json': JSON.stringify(en),
  });

  it('stand in both languages with the same values', () => {
    const texts = pair({ a: '{n} 个', b: 'x', c: '' }, { a: '{m}', c: 'x' });
    assert.deepEqual(found(bothLanguages, texts).map((text) => text.replace(/^.*: /, '')), [
      'a names other values than in en', 'b is missing in en', 'c is empty',
      'a names other values than in zh-CN',
    ]);
    assert.equal(found(bothLanguages, { 'x/locales/en.json': '{}' }).length, 1);
    assert.equal(found(bothLanguages, { ...pair({}, {}), 'x/locales/en.json': '{' }).length, 1);
  });

  it('exist when a page asks for them, and are asked for when they exist', () => {
    const texts = { ...pair({ 'a.b': 'x', 'a.c': 'x' }, { 'a.b': 'x', 'a.c': 'x' }) };
    assert.deepEqual(found(textKeys, { ...texts, 'apps/web/src/p.tsx': "t('a.b'); t('a.d');" }), [
      'apps/web/src/p.tsx:1: there is no text a.d',
      'apps/web/locales/zh-CN.json:1: nothing shows a.c',
    ]);
    assert.deepEqual(found(textKeys, { ...texts, 'apps/web/src/p.tsx': 't(`a.${x}`);' }), []);
  });

  it('of the server are known by the code of the problem', () => {
    const file = JSON.stringify({ 'problem.wrong_date': 'x' });
    const texts = { 'src/base/locales/zh-CN.json': file, 'src/base/locales/en.json': file };
    assert.equal(found(textKeys, { ...texts, 'src/base/a.cpp': 'f("wrong_date");' }).length, 0);
    assert.equal(found(textKeys, { ...texts, 'src/base/a.cpp': '' }).length, 1);
    assert.equal(
      found(textKeys, { ...texts, 'src/base/a.cpp': 'f("wrong_date", "problem.none")' }).length, 1);
  });

  it('do not stand in the code of pages', () => {
    assert.equal(found(textsInCode, { 'apps/web/src/p.tsx': '<b>客户</b> // 客户' }).length, 1);
    assert.equal(found(textsInCode, { 'apps/web/src/p.tsx': 'a(); // 客户' }).length, 0);
  });
});

describe('the repository', () => {
  it('holds nothing unfinished', () => {
    assert.equal(found(unfinishedMarks, { 'a.md': `${'TO'}${'DO'}: x` }).length, 1);
    assert.equal(found(unfinishedMarks, { 'a.md': `coming${' '}soon` }).length, 1);
    assert.equal(found(unfinishedMarks, { 'a.md': 'a to-do list' }).length, 0);
  });

  it('holds no place of one machine', () => {
    assert.equal(found(machinePlaces, { 'a.md': `see /${'work'}/main` }).length, 1);
    assert.equal(found(machinePlaces, { 'a.json': `"resolved": "${'https'}://x"` }).length, 1);
    assert.equal(found(machinePlaces, { 'a.md': 'src/work/x, /api/v1' }).length, 0);
  });

  it('holds no large files and no build output', () => {
    const big = { text: null, size: 3 << 20, tracked: true };
    assert.equal(found(largeFiles, { 'a.png': big }).length, 1);
    assert.equal(found(buildOutput, { 'apps/web/dist/a.js': 'x', 'x.db': 'x' }).length, 2);
    const untracked = { text: '', size: 0, tracked: false };
    assert.equal(found(buildOutput, { 'build/a.js': untracked }).length, 0);
  });
});

describe('the contract', () => {
  const route = 'Route{Method::post, "/identify/ranking", handler}';

  it('lists every route', () => {
    const file = (paths) => ({ 'docs/openapi.json': JSON.stringify({ paths }) });
    const code = { 'capabilities/identify/install.cpp': route };
    assert.equal(found(operations, code).length, 1);
    const right = file({ '/identify/ranking': { post: {} } });
    assert.equal(found(operations, { ...code, ...right }).length, 0);
    assert.deepEqual(found(operations, { ...code, ...file({ '/x': { get: {} } }) }), [
      'capabilities/identify/install.cpp:1: post /identify/ranking is not in docs/openapi.json',
    ]);
  });

  it('knows routes of member functions', () => {
    const code = { 'capabilities/identify/install.cpp': 'routes.get("/a/{id}", &Api::show);\n' +
      'routes.ask("/b", &Api::find);\nroutes.write(Method::patch, "/c", &Api::change);' };
    const file = { 'docs/openapi.json': JSON.stringify({ paths: {} }) };
    assert.deepEqual(found(operations, { ...code, ...file }).map((text) => text.slice(36, 52)),
      [' get /a/{} is no', ' post /b is not ', ' patch /c is not']);
  });

  it('proves what it claims', () => {
    const claim = { 'docs/capabilities.md': '| id | what |\n| A1 | ranking |\n' };
    assert.deepEqual(found(claims, claim),
      ['docs/capabilities.md:2: no scenario or journey names [A1]']);
    assert.equal(found(claims, { ...claim, 'tests/conformance/a.scenario': '[A1]' }).length, 0);
  });
});

describe('the ratchet', () => {
  const finding = { path: 'a.cpp', line: 1, text: 'has 410 lines', value: 410 };

  it('allows the present value and nothing more', () => {
    assert.equal(held('size', [finding], { 'a.cpp': 410 }, 'r').length, 0);
    assert.equal(held('size', [finding], { 'a.cpp': 405 }, 'r').length, 1);
    assert.equal(held('size', [finding], {}, 'r').length, 1);
  });

  it('must follow when the value falls', () => {
    assert.match(held('size', [finding], { 'a.cpp': 420 }, 'r')[0].text, /write that instead/);
    assert.match(held('size', [], { 'a.cpp': 420 }, 'r')[0].text, /remove its line/);
  });
});
