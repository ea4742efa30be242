#!/usr/bin/env node
// A company registry to try Linchpin with: it knows every company, and what it says is made up.
//
//   node script/registry_stand_in.mjs [PORT]
//
// As an administrator, enter under 数据表 · 工商信息来源 (Tables · Company registry):
//   address  http://127.0.0.1:8199/company?keyword={query}
//   mapping  name = result.name
//            credit_code = result.creditCode
//            legal_representative = result.legalPersonName
//            registered_capital = result.regCapital
//            founded_on = result.estiblishTime
//            address = result.regLocation
//            phone = result.phoneNumber
//
// Other paths answer badly: /slow, /huge, /broken, /down, /other (of another company).

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const port = Number(process.argv[2] ?? 8199);
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

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const answer = answers[pathname];
  response.setHeader('content-type', 'application/json');
  if (answer) answer(response, searchParams.get('keyword') ?? '');
  else response.writeHead(404).end('{}');
}).listen(port, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${String(port)}/company?keyword={query}`);
});
