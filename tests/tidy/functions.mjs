// Finds the functions of masked code by their braces: [{name, from, to}] as offsets.

const SCOPE_WORDS = 'namespace|class|struct|union|enum|extern';
const SCOPE = new RegExp(
  `^(?:template\\s*<.*>\\s*)?(?:inline\\s+|typedef\\s+)*(?:${SCOPE_WORDS})\\b`, 's',
);
const CONTROL = /^(?:\}?\s*else\b|if\b|for\b|while\b|switch\b|do\b|try\b|catch\b|with\b)/;

function headBefore(code, boundary, brace) {
  let from = boundary;
  while (from < brace && /\s/.test(code[from])) from += 1;
  const label = /^(?:public|private|protected)\s*:\s*/.exec(code.slice(from, brace));
  if (label) from += label[0].length;
  return { from, head: code.slice(from, brace) };
}

function nameIn(head) {
  const names = [...head.matchAll(/([A-Za-z_$~][\w$:~]*)\s*(?:=\s*(?:async\s*)?)?\(/g)];
  return names[0]?.[1] ?? 'function';
}

/** What a `{` opens at namespace or class level: 'scope', 'function' or 'data'. */
function kindInCpp(head) {
  if (SCOPE.test(head) && !/\)\s*$/.test(head)) return 'scope';
  const plain = head.replace(/operator\s*(?:[=!<>+\-*/%^&|~]+|\(\)|\[\])/g, 'operator');
  if (!plain.includes(')')) return plain.trim() === '' ? 'scope' : 'data';
  if (/(^|[^=!<>])=(?!=)/.test(plain.replace(/\(.*\)/s, '()'))) {
    return /\[[^\]]*\]\s*(?:\(|mutable|$)/.test(plain) ? 'function' : 'data';
  }
  // A member's initialiser: Type::Type(…) : member_{…}, other_(…) {
  if (/\)\s*(?:noexcept\s*)?:[^:]/.test(plain) && /[\w>]\s*$/.test(plain)) return 'data';
  return 'function';
}

function closingOf(code, open) {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    if (code[at] === '{') depth += 1;
    else if (code[at] === '}' && (depth -= 1) === 0) return at;
  }
  return code.length - 1;
}

function withoutDirectives(code) {
  return code.replace(/^[ \t]*#.*(?:\\\n.*)*/gm, (text) => text.replace(/[^\n]/g, ' '));
}

export function functionsInCpp(masked) {
  const code = withoutDirectives(masked);
  const found = [];
  let boundary = 0;
  for (let at = 0; at < code.length; at += 1) {
    if (code[at] === ';' || code[at] === '}') boundary = at + 1;
    if (code[at] !== '{') continue;
    const { from, head } = headBefore(code, boundary, at);
    const kind = kindInCpp(head);
    if (kind === 'scope') {
      boundary = at + 1;
      continue;
    }
    const to = closingOf(code, at);
    if (kind === 'function') {
      found.push({ name: nameIn(head), from, to });
      boundary = to + 1;
    }
    at = to;
  }
  return found;
}

function isFunctionInJs(head) {
  if (/=>\s*$/.test(head)) return true;
  if (CONTROL.test(head)) return false;
  return /\)\s*(?::[^=;{}]*)?$/.test(head) && !/^(?:new|return|throw)\b/.test(head);
}

export function functionsInJs(code) {
  const found = [];
  const boundaries = [0];
  for (let at = 0; at < code.length; at += 1) {
    const level = boundaries.length - 1;
    if (code[at] === ';') boundaries[level] = at + 1;
    if (code[at] === '}') {
      if (level > 0) boundaries.pop();
      boundaries[boundaries.length - 1] = at + 1;
    }
    if (code[at] !== '{') continue;
    const { from, head } = headBefore(code, boundaries[level], at);
    // A group of tests is a list, not a function.
    if (isFunctionInJs(head) && !/\bdescribe(?:\.\w+)?\(/.test(head)) {
      found.push({ name: nameIn(head), from, to: closingOf(code, at) });
    }
    boundaries.push(at + 1);
  }
  return found;
}
