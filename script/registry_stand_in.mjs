#!/usr/bin/env node
// A company registry to try Linchpin with: it knows every company, and what it says is made up.
//
//   node script/registry_stand_in.mjs [PORT]
//   node script/registry_stand_in.mjs --record [PORT]
//
// The second form prints where it is asked and which field is found where, as a CSV file of
// registry_source: an administrator enters this under 数据表 · 工商信息来源 (Tables · Company
// registry). script/server does both for the demo company.
//
// Other paths answer badly: /slow, /huge, /broken, /down, /other (of another company).

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const words = process.argv.slice(2);
const record = words[0] === '--record';
const port = Number(words[record ? 1 : 0] ?? 8199);
const address = `http://127.0.0.1:${String(port)}/company?keyword={query}`;
const MAPPING = [
  'name = result.name', 'credit_code = result.creditCode',
  'legal_representative = result.legalPersonName', 'registered_capital = result.regCapital',
  'founded_on = result.estiblishTime', 'address = result.regLocation',
  'phone = result.phoneNumber',
];
const CODE = /^[0-9A-Z]{18}$/;
const HUGE_BYTES = 1_000_000;
const YEAR_MILLISECONDS = 31_557_600_000;

const pick = (list, seed) => list[seed % list.length];

/** The same question is always answered alike. */
function company(asked) {
  const seed = createHash('sha256').update(asked).digest().readUInt32BE(0);
  const identity = CODE.test(asked) ? { creditCode: asked } : { name: asked };
  return {
    ...identity,
    legalPersonName: pick(['何丽华', '赵建国', '孙敏', '周志远'], seed),
    regCapital: `${String(500 + (seed % 90) * 100)}万人民币`,
    estiblishTime: Math.floor((15 + (seed % 20)) * YEAR_MILLISECONDS),
    regLocation: pick(['高新区创业路 8 号', '经开区长江东路 116 号', '新城大道 831 号'], seed),
    phoneNumber: `0531-8${String(1_000_000 + (seed % 9_000_000))}`,
  };
}

const answers = {
  '/company': (response, asked) => response.end(JSON.stringify({ result: company(asked) })),
  '/other': (response) => response.end(JSON.stringify({ result: company('另一家公司') })),
  '/huge': (response) => response.end('x'.repeat(HUGE_BYTES)),
  '/broken': (response) => response.end('{"result":'),
  '/down': (response) => response.writeHead(500).end(),
  '/slow': () => {},
};

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const answer = answers[pathname];
  response.setHeader('content-type', 'application/json');
  if (answer) answer(response, searchParams.get('keyword') ?? '');
  else response.writeHead(404).end('{}');
});

if (record) {
  console.log(`name,address,mapping\n工商示例（虚构）,${address},"${MAPPING.join('\n')}"`);
} else {
  server.listen(port, '127.0.0.1', () => {
    console.log(address);
  });
}
