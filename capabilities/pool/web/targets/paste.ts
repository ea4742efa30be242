/** A name of a ranking as somebody pasted it. */
export type Line = Readonly<{ rank: number | null; name: string; volume: string | null }>;

const MOST_LINES = 500;
const LEADING_RANK = /^(\d{1,5})[.、)\s]+(?=\S)/;
const AMOUNT = /^\d[\d,]*(\.\d+)?$/;

/**
 * Lines copied from a spreadsheet or a web page: "1 <tab> name <tab> volume", "1. name", or names
 * alone, which are ranked as they stand.
 */
export function linesOf(text: string): readonly Line[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  return lines.slice(0, MOST_LINES).map((line, place) => lineOf(line, place + 1));
}

function lineOf(line: string, place: number): Line {
  const cells = line.split('\t').map((cell) => cell.trim()).filter((cell) => cell !== '');
  const [first = ''] = cells;
  if (cells.length > 1 && /^\d{1,5}$/.test(first)) {
    return { rank: Number(first), name: cells[1] ?? '', volume: amountOf(cells[2]) };
  }
  const rank = LEADING_RANK.exec(first);
  return {
    rank: rank ? Number(rank[1]) : place, name: rank ? first.slice(rank[0].length) : first,
    volume: amountOf(cells[1]),
  };
}

function amountOf(cell: string | undefined): string | null {
  return cell !== undefined && AMOUNT.test(cell) ? cell.replaceAll(',', '') : null;
}
