// What is broken today is written down with its present value, which may only fall.

/** One number for all findings of a rule in one place: the largest value, or how many there are. */
export function measure(findings) {
  const values = new Map();
  for (const { path, what, value } of findings) {
    const key = what === undefined ? path : `${path} ${what}`;
    const before = values.get(key) ?? 0;
    values.set(key, value === undefined ? before + 1 : Math.max(before, value));
  }
  return values;
}

/** The findings that the ratchet does not allow, and what is wrong with the ratchet itself. */
export function held(ruleName, findings, allowed, ratchetPath) {
  const values = measure(findings);
  const permitted = (finding) => {
    const key = finding.what === undefined ? finding.path : `${finding.path} ${finding.what}`;
    return allowed[key] !== undefined && values.get(key) <= allowed[key];
  };
  const stale = Object.entries(allowed).flatMap(([key, limit]) => {
    const value = values.get(key) ?? 0;
    if (value >= limit) return [];
    const text = value === 0
      ? `${ruleName}: ${key} is mended: remove its line`
      : `${ruleName}: ${key} is ${value} now: write that instead of ${limit}`;
    return [{ path: ratchetPath, line: 1, text }];
  });
  return [...findings.filter((finding) => !permitted(finding)), ...stale];
}
