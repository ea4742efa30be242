// Text in the encodings that spreadsheets and ERP systems write.

let reverse;

/** GB18030 of the basic plane, by turning its decoder around. */
function tableOfGb18030() {
  if (reverse) return reverse;
  reverse = new Map();
  const decoder = new TextDecoder('gb18030');
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      if (second === 0x7f) continue;
      const text = decoder.decode(Uint8Array.of(first, second));
      if ([...text].length === 1 && text !== '\ufffd') reverse.set(text, [first, second]);
    }
  }
  return reverse;
}

function gb18030(text) {
  const table = tableOfGb18030();
  const bytes = [];
  for (const character of text) {
    const code = character.codePointAt(0);
    if (code < 0x80) bytes.push(code);
    else if (table.has(character)) bytes.push(...table.get(character));
    else throw new Error(`${character} has no two bytes in GB18030`);
  }
  return Buffer.from(bytes);
}

export function encode(text, encoding) {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-8-bom') return Buffer.from(`\ufeff${text}`);
  if (encoding === 'utf-16') return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (encoding === 'gb18030') return gb18030(text);
  if (encoding === 'latin-1') return Buffer.from(text, 'latin1');
  throw new Error(`no encoding ${encoding}`);
}
