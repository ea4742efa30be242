/** Blocks of cells as Excel and others put them on the clipboard: tabs, lines, quotes. */
export type Block = readonly (readonly string[])[];

export function writeBlock(block: Block): string {
  return block.map((row) => row.map((cell) => (
    /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  )).join('\t')).join('\r\n');
}

/** A quoted cell from `at` (behind its quote): its text and where it ends. */
function quoted(text: string, at: number): { cell: string; end: number } | null {
  let from = at;
  for (;;) {
    const close = text.indexOf('"', from);
    if (close === -1) return null;
    if (text[close + 1] === '"') {
      from = close + 2;
      continue;
    }
    // A quote in the middle of a cell is an ordinary character.
    if (!/^(\t|\r|\n|$)/.test(text.slice(close + 1, close + 2))) return null;
    return { cell: text.slice(at, close).replaceAll('""', '"'), end: close + 1 };
  }
}

export function readBlock(text: string): Block {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  for (;;) {
    const special = text[at] === '"' ? quoted(text, at + 1) : null;
    if (special) {
      row.push(special.cell);
      at = special.end;
    } else {
      const rest = /[\t\r\n]/g;
      rest.lastIndex = at;
      const end = rest.exec(text)?.index ?? text.length;
      row.push(text.slice(at, end));
      at = end;
    }
    if (text[at] === '\t') {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (at >= text.length) break;
  }
  return rows;
}
