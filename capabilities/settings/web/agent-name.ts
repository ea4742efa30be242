const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ['WeCom', /wxwork/i], ['WeChat', /MicroMessenger/i], ['Feishu', /Lark|Feishu/i],
  ['DingTalk', /DingTalk/i], ['Edge', /Edg(e|A|iOS)?\//], ['Opera', /OPR\//],
  ['Firefox', /Firefox\/|FxiOS\//], ['Chrome', /Chrome\/|CriOS\//], ['Safari', /Safari\//],
];
const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ['HarmonyOS', /HarmonyOS|OpenHarmony/], ['Android', /Android/], ['iPad', /iPad/],
  ['iPhone', /iPhone/], ['Windows', /Windows/], ['macOS', /Mac OS X|Macintosh/],
  ['Linux', /Linux|X11/],
];

/** "Chrome · Windows" from what a browser calls itself; null: nothing that people would know. */
export function agentName(agent: string): string | null {
  const names = [BROWSERS, SYSTEMS].flatMap((known) => {
    const found = known.find(([, pattern]) => pattern.test(agent));
    return found ? [found[0]] : [];
  });
  return names.length === 0 ? null : names.join(' · ');
}
