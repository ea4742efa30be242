import { fieldOf } from '@/api/meta';
import { problemText } from '@/api/problem-text';
import type { FieldMeta, Fields, RecordRow, Value } from '@/api/types';
import { formatCount } from '@/lib/money';
import { showToast } from '@/ui/toast';
import { parseCell } from '../cells/cell-parse';
import { plainText } from '../cells/cell-text';
import { readBlock, writeBlock } from '../cells/clipboard';
import type { Block } from '../cells/clipboard';
import { seriesOf } from '../cells/series';
import type { CellChange, Outcome } from '../edits/edits';
import { mayUpdate, recordOn, recordsFrom } from './environment';
import type { GridEnvironment } from './environment';
import { namesToIds } from './link-names';
import { areaOf } from './selection';
import type { Area } from './selection';

/** A person waits for what is more than this; larger blocks are imported from a file. */
export const MOST_ROWS = 5000;

export type CellValue = Readonly<{
  record: RecordRow; field: FieldMeta; value: Value; names?: Fields;
}>;

export function selectedArea(env: GridEnvironment): Area | null {
  const selection = env.selection.get();
  return selection ? areaOf(selection, env.columns.all.length) : null;
}

function same(one: Value, other: Value): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

export function tellOutcome(env: GridEnvironment, outcome: Outcome | null): void {
  if (!outcome || outcome.failed === 0) return;
  const text = outcome.first ? problemText(outcome.first, env.t) : '';
  showToast({
    tone: 'error', text: env.t('tables.not_saved', { n: formatCount(outcome.failed), text }),
  });
}

/** Writes values into cells, asks for a reason where one is needed, and says what failed. */
export async function writeCells(
  env: GridEnvironment, cells: readonly CellValue[],
): Promise<Outcome | null> {
  const changes: CellChange[] = cells
    .filter(({ record, field, value }) => !same(record.fields[field.api_name], value))
    .map(({ record, field, value, names }) => ({
      id: record.id, field: field.api_name, from: record.fields[field.api_name] ?? null,
      to: value, names,
      namesBefore: names && Object.fromEntries(
        Object.keys(names).map((path) => [path, record.fields[path]]),
      ),
    }));
  if (changes.length === 0) return null;
  const important = changes.some(({ field }) => fieldOf(env.object, field)?.important);
  const reason = important ? await env.askReason() : undefined;
  if (reason === null) return null;
  const outcome = await env.edits.write(changes, reason);
  tellOutcome(env, outcome);
  return outcome;
}

export async function copyText(env: GridEnvironment): Promise<string> {
  const area = selectedArea(env);
  if (!area) return '';
  const fields = env.columns.all.slice(area.left, area.right + 1).map((column) => column.field);
  const rows = await recordsFrom(env, area.top, MOST_ROWS, area.bottom);
  return writeBlock(rows.map(({ record }) => (
    fields.map((field) => plainText(field, record.fields, env.context))
  )));
}

export async function clearCells(env: GridEnvironment): Promise<void> {
  const area = selectedArea(env);
  if (!area) return;
  const columns = env.columns.all.slice(area.left, area.right + 1).filter((one) => one.writable);
  const rows = await recordsFrom(env, area.top, MOST_ROWS, area.bottom);
  await writeCells(env, rows.filter(({ record }) => mayUpdate(record)).flatMap(
    ({ record }) => columns.map(({ field }) => ({ record, field, value: null })),
  ));
}

/** The names of linked records, which a copied link brings along. */
function linkNames(field: FieldMeta, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(
    ([path]) => path.startsWith(`${field.api_name}.`),
  ));
}

/** Goes on with the series of a block (`from`), or repeats it, over the rows below or above it. */
export async function fill(env: GridEnvironment, from: Area, lines: Area): Promise<void> {
  const columns = env.columns.all.slice(from.left, from.right + 1).filter((one) => one.writable);
  const source = await recordsFrom(env, from.top, MOST_ROWS, from.bottom);
  const target = await recordsFrom(env, lines.top, MOST_ROWS, lines.bottom);
  if (source.length === 0) return;
  const series = new Map(columns.map(({ field }) => [
    field, seriesOf(field, source.map(({ record }) => record.fields[field.api_name])),
  ]));
  const first = lines.top < from.top ? -target.length : source.length;
  await writeCells(env, target.flatMap(({ record }, at) => {
    if (!mayUpdate(record)) return [];
    const origin = source[at % source.length]?.record.fields ?? {};
    return columns.map(({ field }) => {
      const goesOn = series.get(field);
      return goesOn ? { record, field, value: goesOn(first + at) }
        : {
          record, field, value: origin[field.api_name] ?? null, names: linkNames(field, origin),
        };
    });
  }));
}

/** Ctrl+D: the first row of the block goes into all others. */
export async function fillDown(env: GridEnvironment): Promise<void> {
  const area = selectedArea(env);
  if (!area || area.bottom === area.top) return;
  await fill(env, { ...area, bottom: area.top }, { ...area, top: area.top + 1 });
}

type Aim = Readonly<{ fields: readonly FieldMeta[]; block: Block; lines: number }>;

/** Where a pasted block goes: one value fills the selection, a block begins at its corner. */
function aimOf(env: GridEnvironment, area: Area, text: string): Aim {
  const read = readBlock(text);
  const single = read.length === 1 && read[0]?.length === 1;
  const height = area.bottom - area.top + 1;
  const width = single ? area.right - area.left + 1
    : Math.max(...read.map((row) => row.length));
  const columns = env.columns.all.slice(area.left, area.left + width);
  const block = single
    ? Array.from({ length: height }, () => columns.map(() => read[0]?.[0] ?? '')) : read;
  return { fields: columns.map(({ field }) => field), block, lines: block.length };
}

/** Reads a pasted block: values by row and column, and the texts that are none. */
async function convert(env: GridEnvironment, aim: Aim) {
  const ids = await namesToIds(env, aim.fields, aim.block);
  return (row: readonly string[], at: number): CellOutcome => {
    const field = aim.fields[at];
    const text = row[at];
    if (!field || text === undefined) return { is: 'nothing' };
    if (!env.columns.all.some((one) => one.field === field && one.writable)) {
      return { is: 'nothing' };
    }
    const parsed = parseCell(field, text, env.context);
    if (parsed.is === 'value') return { is: 'value', field, value: parsed.value };
    if (parsed.is === 'error') return { is: 'error', field, error: parsed.error };
    const found = ids(field, parsed.name);
    return typeof found === 'string' ? { is: 'error', field, error: found }
      : { is: 'value', field, value: found.id, names: found.names };
  };
}
type CellOutcome =
  | Readonly<{ is: 'nothing' }>
  | Readonly<{ is: 'value'; field: FieldMeta; value: Value; names?: Fields }>
  | Readonly<{ is: 'error'; field: FieldMeta; error: string }>;

/** Pastes a block of a spreadsheet. Rows behind the last one become new records. */
export async function paste(env: GridEnvironment, text: string): Promise<void> {
  const area = selectedArea(env);
  if (!area) return;
  const aim = aimOf(env, area, text);
  if (aim.lines > MOST_ROWS) {
    const most = formatCount(MOST_ROWS);
    showToast({ tone: 'error', text: env.t('tables.paste_too_long', { n: most }) });
    return;
  }
  const [rows, cell] = await Promise.all([
    recordsFrom(env, area.top, aim.lines), convert(env, aim),
  ]);
  const cells: CellValue[] = [];
  let refused = 0;
  rows.forEach(({ record }, at) => {
    const row = aim.block[at] ?? [];
    row.forEach((_, column) => {
      const outcome = cell(row, column);
      if (outcome.is === 'value' && mayUpdate(record)) cells.push({ record, ...outcome });
      if (outcome.is !== 'error') return;
      refused += 1;
      env.edits.reject(record.id, outcome.field.api_name, env.t(outcome.error));
    });
  });
  await writeCells(env, cells);
  if (refused > 0) {
    showToast({ tone: 'error', text: env.t('tables.not_read', { n: formatCount(refused) }) });
  }
  const rest = aim.block.slice(rows.length);
  if (rest.length > 0 && env.object.rights.create) await append(env, rest, cell);
}

async function append(
  env: GridEnvironment, block: Block, cell: (row: readonly string[], at: number) => CellOutcome,
): Promise<void> {
  const rows = block.map((row) => Object.fromEntries(row.flatMap((_, at) => {
    const outcome = cell(row, at);
    return outcome.is === 'value' ? [[outcome.field.api_name, outcome.value] as const] : [];
  }))).filter((fields) => Object.keys(fields).length > 0);
  if (rows.length === 0) return;
  const outcome = await env.edits.create(rows);
  tellOutcome(env, outcome);
  if (outcome.written > 0) {
    const n = formatCount(outcome.written);
    showToast({ tone: 'success', text: env.t('tables.appended', { n }) });
  }
}

export async function removeRows(env: GridEnvironment): Promise<void> {
  const area = selectedArea(env);
  if (!area) return;
  const rows = await recordsFrom(env, area.top, MOST_ROWS, area.bottom);
  const ids = rows.filter(({ record }) => record.can.includes('delete'))
    .map(({ record }) => record.id);
  if (ids.length === 0) return;
  const outcome = await env.edits.remove(ids);
  tellOutcome(env, outcome);
  if (outcome.written === 0) return;
  showToast({
    tone: 'info', text: env.t('tables.removed', { n: formatCount(outcome.written) }),
    action: {
      label: env.t('action.undo'),
      perform: () => void env.edits.undo().then((result) => {
        tellOutcome(env, result);
      }),
    },
  });
}

export async function undo(env: GridEnvironment): Promise<void> {
  tellOutcome(env, await env.edits.undo());
}

export async function redo(env: GridEnvironment): Promise<void> {
  tellOutcome(env, await env.edits.redo());
}

/** Takes what was typed into a cell; the answer says what is wrong with it, if anything. */
export function commitText(
  env: GridEnvironment, line: number, column: number, text: string,
): string | null {
  const record = recordOn(env, line);
  const field = env.columns.all[column]?.field;
  if (!record || !field) return null;
  const parsed = parseCell(field, text, env.context);
  if (parsed.is === 'error') return env.t(parsed.error);
  if (parsed.is === 'value') void writeCells(env, [{ record, field, value: parsed.value }]);
  return null;
}
