// Writes ZIP archives and plain workbooks, enough to test what reads them.

import { crc32 as nodeCrc32, deflateRawSync } from 'node:zlib';

const TABLE = Int32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ -306674912 : value >>> 1;
  return value;
});

function crc32(bytes) {
  if (nodeCrc32) return nodeCrc32(bytes);
  let value = -1;
  for (const byte of bytes) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff];
  return (value ^ -1) >>> 0;
}

function fields(...pairs) {
  const buffer = Buffer.alloc(pairs.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of pairs) {
    buffer.writeUIntLE(value, at, size);
    at += size;
  }
  return buffer;
}

/** entries: [{name, content}] → the bytes of an archive. */
export function zip(entries) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const packed = deflateRawSync(content, { level: 9 });
    const title = Buffer.from(name);
    const common = [
      [2, 0x0800], [2, 8], [2, 0], [2, 0x21], [4, crc32(content)], [4, packed.length],
      [4, content.length], [2, title.length], [2, 0],
    ];
    const local = fields([4, 0x04034b50], [2, 20], ...common);
    directory.push(fields([4, 0x02014b50], [2, 20], [2, 20], ...common, [2, 0], [2, 0], [2, 0],
      [4, 0], [4, offset]), title);
    parts.push(local, title, packed);
    offset += local.length + title.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, entries.length], [2, entries.length],
    [4, listing.length], [4, offset], [2, 0]);
  return Buffer.concat([...parts, listing, end]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

function escaped(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function columnName(index) {
  return (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') +
    String.fromCharCode(65 + (index % 26));
}

/** A cell that looks like a number is one; `date:45000` is a serial number shown as a date. */
function cell(text, row, column) {
  const place = `${columnName(column)}${row + 1}`;
  const date = /^date:([\d.]+)$/.exec(text);
  if (date) return `<c r="${place}" s="1"><v>${date[1]}</v></c>`;
  if (/^-?\d+(\.\d+)?$/.test(text)) return `<c r="${place}"><v>${text}</v></c>`;
  const plain = text.replace(/^'/, '');
  return plain === '' ? '' : `<c r="${place}" t="inlineStr"><is><t>${escaped(plain)}</t></is></c>`;
}

function sheet(rows) {
  const body = rows.map((cells, row) =>
    `<row r="${row + 1}">${cells.map((text, column) => cell(text, row, column)).join('')}</row>`);
  return `${XML}<worksheet xmlns="${MAIN}"><sheetData>${body.join('')}</sheetData></worksheet>`;
}

const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts>` +
  '<fills count="1"><fill/></fills><borders count="1"><border/></borders>' +
  '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>' +
  '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>';

function workbookParts(sheetXml) {
  const type = (part, kind) => `<Override PartName="${part}" ContentType=` +
    `"application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  const relation = (id, kind, target) =>
    `<Relationship Id="${id}" Type="${DOCUMENT}/${kind}" Target="${target}"/>`;
  const relations = (list) =>
    `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`;
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType=' +
      '"application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `${type('/xl/workbook.xml', 'sheet.main')}${type('/xl/styles.xml', 'styles')}` +
      `${type('/xl/worksheets/sheet1.xml', 'worksheet')}</Types>`,
    '_rels/.rels': relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>` +
      '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relations([
      relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
      relation('rId2', 'styles', 'styles.xml'),
    ]),
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': sheetXml,
  };
}

function workbookOf(sheetContent) {
  const parts = workbookParts(sheetContent);
  return zip(Object.entries(parts).map(([name, content]) => ({
    name, content: Buffer.isBuffer(content) ? content : Buffer.from(content),
  })));
}

/** rows: arrays of texts. */
export function workbook(rows) {
  return workbookOf(sheet(rows));
}

/** A small file that unpacks to `megabytes` of one sheet. */
export function workbookBomb(megabytes) {
  const row = Buffer.from(`<row>${'<c><v>0</v></c>'.repeat(64)}</row>`);
  const count = Math.ceil((megabytes * 1024 * 1024) / row.length);
  const head = Buffer.from(`${XML}<worksheet xmlns="${MAIN}"><sheetData>`);
  return workbookOf(Buffer.concat([
    head, Buffer.alloc(row.length * count, row), Buffer.from('</sheetData></worksheet>'),
  ]));
}
