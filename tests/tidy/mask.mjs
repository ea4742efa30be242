// Blanks comments and the contents of strings, keeping every character's place, so that rules can
// look at code alone. It knows just enough of C++, CSS and TypeScript.

const WORD = /[A-Za-z0-9_$]/;

class Masker {
  constructor(text, language) {
    this.text = text;
    this.language = language;
    this.code = text.split('');
    this.plain = text.split('');
    this.at = 0;
    this.last = ''; // the last character of code that was not white space
    this.lastWord = '';
    this.templates = []; // depth of braces inside each open ${ of a template
  }

  blank(from, to, { comment }) {
    for (let i = from; i < to && i < this.text.length; i += 1) {
      if (this.text[i] === '\n') continue;
      this.code[i] = ' ';
      if (comment) this.plain[i] = ' ';
    }
  }

  run() {
    while (this.at < this.text.length) this.step();
    return { code: this.code.join(''), plain: this.plain.join('') };
  }

  step() {
    const { text, at } = this;
    const two = text.slice(at, at + 2);
    if (two === '/*') return this.comment(text.indexOf('*/', at + 2), 2);
    if (two === '//' && this.language !== 'css') return this.comment(text.indexOf('\n', at), 0);
    const character = text[at];
    if (this.rawString()) return undefined;
    if (character === '"' || character === "'") return this.quoted(character);
    if (this.language === 'js') {
      if (character === '`') return this.template(at + 1);
      if (character === '/' && this.regexMayStart()) return this.regex();
      if (this.brace(character)) return undefined;
    }
    return this.plainCharacter(character);
  }

  comment(end, closing) {
    const to = end === -1 ? this.text.length : end + closing;
    this.blank(this.at, to, { comment: true });
    this.at = to;
  }

  plainCharacter(character) {
    if (/\S/.test(character)) {
      this.lastWord = WORD.test(character)
        ? (WORD.test(this.text[this.at - 1] ?? '') ? this.lastWord : '') + character
        : '';
      this.last = character;
    }
    this.at += 1;
  }

  rawString() {
    if (this.language !== 'cpp' || this.text[this.at] !== 'R') return false;
    const opening = /^R"([^()\\\s]{0,16})\(/.exec(this.text.slice(this.at, this.at + 20));
    if (!opening || WORD.test(this.text[this.at - 1] ?? '')) return false;
    const closing = `)${opening[1]}"`;
    const found = this.text.indexOf(closing, this.at);
    const end = found === -1 ? this.text.length : found;
    this.blank(this.at + opening[0].length, end, { comment: false });
    this.at = end + closing.length;
    this.last = '"';
    return true;
  }

  quoted(quote) {
    // 1'000 is a number, not a character.
    if (quote === "'" && this.language === 'cpp' && /[0-9a-fA-F]/.test(this.text[this.at - 1])) {
      this.code[this.at] = '_';
      return this.plainCharacter(quote);
    }
    let end = this.at + 1;
    while (end < this.text.length && this.text[end] !== quote && this.text[end] !== '\n') {
      end += this.text[end] === '\\' ? 2 : 1;
    }
    this.blank(this.at + 1, end, { comment: false });
    this.at = end + 1;
    this.last = quote;
    this.lastWord = '';
    return undefined;
  }

  template(from) {
    let end = from;
    while (end < this.text.length && this.text[end] !== '`') {
      if (this.text.startsWith('${', end)) {
        this.blank(from, end, { comment: false });
        this.templates.push(0);
        this.at = end + 2;
        this.last = '{';
        return;
      }
      end += this.text[end] === '\\' ? 2 : 1;
    }
    this.blank(from, end, { comment: false });
    this.at = end + 1;
    this.last = '`';
    this.lastWord = '';
  }

  /** Braces inside ${…}: the one that closes it goes on with the template. */
  brace(character) {
    const depth = this.templates.at(-1);
    if (depth === undefined || (character !== '{' && character !== '}')) return false;
    if (character === '}' && depth === 0) {
      this.templates.pop();
      this.template(this.at + 1);
      return true;
    }
    this.templates[this.templates.length - 1] += character === '{' ? 1 : -1;
    return false;
  }

  regexMayStart() {
    const next = this.text[this.at + 1];
    if (next === '>' || next === undefined || this.last === '<') return false;
    if (this.lastWord !== '') {
      return /^(return|typeof|case|in|of|do|else|void|yield|await)$/.test(this.lastWord);
    }
    return this.last === '' || /[(,=:[!&|?{};+\-*%~^>]/.test(this.last);
  }

  regex() {
    let end = this.at + 1;
    let inClass = false;
    while (end < this.text.length && this.text[end] !== '\n') {
      if (this.text[end] === '\\') end += 1;
      else if (this.text[end] === '[') inClass = true;
      else if (this.text[end] === ']') inClass = false;
      else if (this.text[end] === '/' && !inClass) break;
      end += 1;
    }
    this.blank(this.at + 1, end, { comment: false });
    this.at = end + 1;
    this.last = '/';
    this.lastWord = 'regex';
  }
}

export function mask(text, language) {
  return new Masker(text, language).run();
}

/** The string literals of a text: [{value, index}], from its two masks. */
export function stringLiterals({ code, plain }) {
  const found = [];
  const opening = /["'`]/g;
  for (let match = opening.exec(code); match; match = opening.exec(code)) {
    const end = code.indexOf(match[0], match.index + 1);
    if (end === -1) break;
    found.push({ value: plain.slice(match.index + 1, end), index: match.index, quote: match[0] });
    opening.lastIndex = end + 1;
  }
  return found;
}
