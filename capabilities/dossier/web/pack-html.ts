import type { CardPack } from './pack-api';

const MEANINGS: Readonly<Record<string, string>> = {
  '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;',
};

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => MEANINGS[sign] ?? sign);

const STYLE = `:root{color-scheme:light dark}
body{font:15px/1.6 system-ui,sans-serif;margin:0 auto;max-width:44rem;padding:1rem}
h1{font-size:1.2rem}h2{font-size:1.1rem;margin:1.6rem 0 0}h3{font-size:.95rem;margin:1rem 0 .2rem}
p{margin:0;opacity:.7}dl{margin:0}dt{font-size:.8rem;opacity:.7}
dd{margin:0 0 .4rem;white-space:pre-wrap;overflow-wrap:anywhere}`;

/** The cards as a page that shows itself, without anything that would have to be loaded. */
export function packHtml(pack: CardPack, title: string, language: string): string {
  const cards = pack.cards.map((card) => {
    const parts = card.parts.map((part) => {
      const lines = part.lines.map(
        ({ label, value }) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`,
      );
      return `<h3>${escaped(part.heading)}</h3><dl>${lines.join('')}</dl>`;
    });
    return `<section><h2>${escaped(card.name)}</h2><p>${escaped(card.note)}</p>${parts.join('')}`
      + '</section>';
  });
  return `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8">`
    + '<meta name="viewport" content="width=device-width, initial-scale=1">'
    + `<title>${escaped(title)}</title><style>${STYLE}</style></head><body>`
    + `<h1>${escaped(title)}</h1><p>${escaped(pack.mark)}</p>${cards.join('')}</body></html>`;
}
