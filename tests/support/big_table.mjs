// A database with many accounts for tests of long tables; made once in build/journeys.

import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync }
  from 'node:fs';
import { join } from 'node:path';
import { ADMIN_PASSWORD, command, copyDatabase, root } from './server.mjs';

const IMPORT_MILLISECONDS = 900_000;
const ROWS_AT_ONCE = 20_000;
const REGIONS = ['华东', '华北', '华南', '西南', '东北'];
const CITIES = ['上海', '北京', '广州', '成都', '沈阳', '苏州', '杭州'];
const COLUMNS = ['code', 'name', 'region', 'city', 'industry', 'employees', 'annual_revenue'];

/** The account on a row, counted from 1. */
function accountOf(row, rows) {
  return {
    code: `K${String(row).padStart(8, '0')}`, name: `客户${(row * 7919) % rows}有限公司`,
    region: REGIONS[row % REGIONS.length], city: CITIES[row % CITIES.length],
    industry: `行业${row % 23}`, employees: String(row % 5000),
    annual_revenue: String((row * 13) % 1_000_000),
  };
}

function writeRows(path, rows) {
  const file = openSync(path, 'w');
  writeSync(file, `${COLUMNS.join()}\n`);
  for (let from = 1; from <= rows; from += ROWS_AT_ONCE) {
    const lines = [];
    for (let row = from; row < from + ROWS_AT_ONCE && row <= rows; row += 1) {
      const account = accountOf(row, rows);
      lines.push(COLUMNS.map((column) => account[column]).join());
    }
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
}

function must(program, args, options) {
  const { status, stderr } = command(program, args, options);
  if (status !== 0) throw new Error(`linchpin ${args[0]} ended with ${status}: ${stderr}`);
}

/** The path of an SQLite database with so many accounts. */
function bigTable(program, rows) {
  const folder = join(root, 'build', 'journeys');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `accounts-${rows}.db`);
  if (existsSync(path)) return path;
  const [made, csv, map] = [`${path}.made`, `${path}.csv`, `${path}.json`];
  for (const suffix of ['', '-wal', '-shm', '.key']) rmSync(made + suffix, { force: true });
  writeRows(csv, rows);
  const mapping = COLUMNS.map((column) => ({ column, field: column }));
  writeFileSync(map, JSON.stringify({ object: 'account', mode: 'create', mapping }));
  const database = `sqlite:${made}`;
  must(program, ['migrate', '--database', database]);
  must(program, ['import', csv, '--database', database, '--object', 'account', '--map', map],
    { timeout: IMPORT_MILLISECONDS });
  rmSync(csv);
  rmSync(map);
  if (existsSync(`${made}.key`)) renameSync(`${made}.key`, `${path}.key`);
  renameSync(made, path);
  return path;
}

/**
 * A database with so many accounts of its own for a test: a copy of the one that LINCHPIN_BIG_TABLE
 * names, into which `admin` may sign in, or of one that is made.
 */
export function copyBigTable(program, rows, path) {
  const ready = process.env.LINCHPIN_BIG_TABLE;
  copyDatabase(ready ?? bigTable(program, rows), path);
  if (ready === undefined) return;
  const database = `sqlite:${path}`;
  must(program, ['migrate', '--database', database], { timeout: IMPORT_MILLISECONDS });
  must(program, ['user', 'create', '--login', 'admin', '--administrator', '--password-stdin',
    '--database', database], { input: `${ADMIN_PASSWORD}\n` });
}
