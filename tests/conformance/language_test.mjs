import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeFile } from './files.mjs';
import { parseScenarios, words } from './language.mjs';
import { failureOf, fillJson, fillText, valueAt } from './values.mjs';

const one = (text) => parseScenarios('x.scenario', text)[0];
const check = (line) => one(`scenario: t\nas admin\n  ${line}\n`).steps[0].checks[0];
const holds = (line, subject, variables = {}) =>
  failureOf(check(line), subject, variables) === null;

describe('the language', () => {
  it('reads steps, expectations, checks and lines of files', () => {
    const scenario = one([
      '# comment', 'scenario: title [A1]', 'as admin', 'file a.csv', '| x,y', '|', '| 1,2',
      'repeat 3 create account {"name":"{n}",',
      '  "city":"x -> y"} key k -> 201, save $a, save $b = body.id',
      '  body.id is id',
    ].join('\n'));
    assert.equal(scenario.title, 'title [A1]');
    const [, file, create] = scenario.steps;
    assert.deepEqual(file.content, ['x,y', '', '1,2']);
    assert.equal(create.times, 3);
    assert.equal(create.order, 'create account {"name":"{n}", "city":"x -> y"} key k');
    assert.deepEqual(create.expect, {
      status: 201, code: null, saves: [{ name: 'a', from: null }, { name: 'b', from: 'body.id' }],
    });
    assert.equal(create.checks.length, 1);
  });

  it('reads the code of a problem', () => {
    const { expect } = one('scenario: t\ndelete account $a -> 412 version_conflict').steps[0];
    assert.deepEqual(expect, { status: 412, code: 'version_conflict', saves: [] });
  });

  it('refuses what it does not know, with the place', () => {
    assert.throws(() => one('scenario: t\nplease work'), /x\.scenario:2: no step begins/);
    assert.throws(() => one('scenario: t\nas admin\n  body.id nearly 3'), /not a check/);
    assert.throws(() => one('scenario: t\ncreate account {"a":1'), /not closed/);
    assert.throws(() => one('scenario: t\nget account $a -> fine'), /not an expectation/);
    assert.throws(() => one('as admin'), /before the first scenario/);
  });

  it('keeps brackets and quotes together', () => {
    assert.deepEqual(words('a {"b": [1, 2]} "c d" e'), ['a', '{"b": [1, 2]}', '"c d"', 'e']);
  });
});

describe('values', () => {
  const variables = { a: { id: 'X1', version: 2, fields: { name: 'q"x' } }, n: 7 };

  it('fill JSON and text', () => {
    assert.equal(fillJson('{"a":"$a","b":$n,"c":"v$a.version"}', variables),
      '{"a":"X1","b":7,"c":"v2"}');
    assert.equal(fillJson('{"a":"$a.fields.name","b":$a}', variables), '{"a":"q\\"x","b":"X1"}');
    assert.equal(fillText('/x/$a?n=$n', variables), '/x/X1?n=7');
    assert.throws(() => fillText('$missing', {}), /nothing was saved/);
  });

  it('are found by their path', () => {
    const root = { list: [{ f: { 'a.b': 1 } }, { f: { 'a.b': 2 } }] };
    assert.deepEqual(valueAt(root, 'list[*].f["a.b"]'), [1, 2]);
    assert.equal(valueAt(root, 'list[1].f["a.b"]'), 2);
    assert.equal(valueAt(root, 'list[7].f'), undefined);
  });

  it('are checked', () => {
    const list = [1, { a: 1, b: 2 }];
    const subject = { body: { n: 0.669624, text: 'abc', list, nothing: null } };
    assert.ok(holds('body.n ~ 0.6696', subject));
    assert.ok(!holds('body.n ~ 0.6697', subject));
    assert.ok(holds('body.text contains "bc"', subject));
    assert.ok(holds('body.list contains 1', subject));
    assert.ok(holds('body.list includes [1,{"a":1}]', subject));
    assert.ok(!holds('body.list includes [1]', subject));
    assert.ok(holds('body.list has length 2', subject));
    assert.ok(holds('body.text matches "^a.c$"', subject));
    assert.ok(holds('body.nothing = null', subject));
    assert.ok(!holds('body.nothing is present', subject));
    assert.ok(holds('body.other is absent', subject));
    assert.ok(holds('body.n > 0.5', subject));
    assert.ok(holds('body.text = "$x"', subject, { x: 'abc' }));
    assert.throws(() => holds('body.n is fine', subject), /nothing is/);
  });
});

describe('files', () => {
  it('are made in the encoding asked for', () => {
    assert.deepEqual([...makeFile(['gb18030', 'crlf'], ['客'], '')], [0xbf, 0xcd, 13, 10]);
    assert.deepEqual([...makeFile(['utf-8-bom'], ['a'], '')].slice(0, 3), [0xef, 0xbb, 0xbf]);
    assert.deepEqual([...makeFile(['hex'], ['41 42', '43'], '')], [0x41, 0x42, 0x43]);
    assert.equal(makeFile([], ['repeat 2 x{n}'], '').toString(), 'x1\nx2\n');
    assert.throws(() => makeFile(['utf-7'], [], ''), /a file is not/);
  });

  it('are workbooks when asked for', () => {
    const bytes = makeFile(['xlsx'], ["a | 1 | '01 | date:45000"], '');
    assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004');
  });
});
