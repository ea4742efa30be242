/** Who is mentioned in a text: those chosen from the list whose name still stands behind an @. */
export function mentionedIn(text: string, chosen: ReadonlyMap<string, string>): string[] {
  return [...chosen].filter(([, name]) => text.includes(`@${name}`)).map(([id]) => id);
}
