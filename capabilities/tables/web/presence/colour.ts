// No red: that says something is wrong.
const COLOURS = ['purple', 'cyan', 'orange', 'green', 'yellow'] as const;

/** The same colour for the same person wherever he is seen. */
export function colourOf(user: string): string {
  let sum = 0;
  for (const letter of user) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_003;
  return COLOURS[sum % COLOURS.length] ?? 'blue';
}
