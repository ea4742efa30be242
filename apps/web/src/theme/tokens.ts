/**
 * The design tokens: the only place where a colour, a space or a radius has a value. They become
 * CSS variables (apply-tokens.ts) and the theme of the component kit (kit-theme.ts).
 */
export type Scheme = 'light' | 'dark';
export type Density = 'compact' | 'comfortable';

export type Tokens = Readonly<Record<ColourName, string>>;

export const COLOUR_NAMES = [
  'canvas', 'surface', 'raised', 'sunken', 'hover', 'selected', 'line', 'line-strong',
  'ink', 'ink-soft', 'ink-faint', 'accent', 'accent-ink', 'accent-soft', 'on-accent',
  'danger', 'danger-soft', 'warning', 'warning-soft', 'success', 'success-soft',
  'class-a', 'class-b', 'class-c', 'band-a', 'band-b', 'band-c', 'curve', 'shade',
  'tag-blue', 'tag-cyan', 'tag-green', 'tag-grey', 'tag-orange', 'tag-purple', 'tag-red',
  'tag-yellow', 'print-ink', 'print-paper',
] as const;
export type ColourName = (typeof COLOUR_NAMES)[number];

const LIGHT: Tokens = {
  canvas: '#f6f7f9',
  surface: '#ffffff',
  raised: '#ffffff',
  sunken: '#f1f3f6',
  hover: '#eef0f4',
  selected: '#e8edfb',
  line: '#e5e8ee',
  'line-strong': '#cfd5df',
  ink: '#171b24',
  'ink-soft': '#4a5364',
  'ink-faint': '#656e80',
  accent: '#2f54c8',
  'accent-ink': '#2446b0',
  'accent-soft': '#e8edfb',
  'on-accent': '#ffffff',
  danger: '#c22f3b',
  'danger-soft': '#fcebec',
  warning: '#94590a',
  'warning-soft': '#fdf3e1',
  success: '#1b7a4b',
  'success-soft': '#e5f5ec',
  'class-a': '#2f5fd0',
  'class-b': '#d9822b',
  'class-c': '#8b94a5',
  'band-a': 'rgba(47, 95, 208, 0.09)',
  'band-b': 'rgba(217, 130, 43, 0.09)',
  'band-c': 'rgba(139, 148, 165, 0.08)',
  curve: '#222a3a',
  shade: 'rgba(16, 22, 34, 0.12)',
  'tag-blue': '#2f5fd0', 'tag-cyan': '#0e8a9c', 'tag-green': '#1b7a4b',
  'tag-grey': '#7c8596', 'tag-orange': '#c9701a', 'tag-purple': '#7a4fc4',
  'tag-red': '#c22f3b', 'tag-yellow': '#a67c00',
  // What a camera reads is dark on light in every scheme.
  'print-ink': '#000000', 'print-paper': '#ffffff',
};

const DARK: Tokens = {
  canvas: '#101216',
  surface: '#16191f',
  raised: '#1d2129',
  sunken: '#12151a',
  hover: '#20252e',
  selected: '#222c48',
  line: '#272c36',
  'line-strong': '#3a4150',
  ink: '#e8ebf1',
  'ink-soft': '#b3bbc9',
  'ink-faint': '#8e97a8',
  accent: '#6c8cf0',
  'accent-ink': '#9db3f7',
  'accent-soft': '#222c48',
  'on-accent': '#0d1222',
  danger: '#f0808a',
  'danger-soft': '#3a1f24',
  warning: '#e3b05e',
  'warning-soft': '#352a17',
  success: '#6cc79a',
  'success-soft': '#17301f',
  'class-a': '#6f98f5',
  'class-b': '#e8a254',
  'class-c': '#818b9d',
  'band-a': 'rgba(111, 152, 245, 0.12)',
  'band-b': 'rgba(232, 162, 84, 0.10)',
  'band-c': 'rgba(129, 139, 157, 0.08)',
  curve: '#dfe4ee',
  shade: 'rgba(0, 0, 0, 0.5)',
  'tag-blue': '#6f98f5', 'tag-cyan': '#4fc0d0', 'tag-green': '#6cc79a',
  'tag-grey': '#8e97a8', 'tag-orange': '#e8a254', 'tag-purple': '#b08ef0',
  'tag-red': '#f0808a', 'tag-yellow': '#dcc05a',
  'print-ink': '#000000', 'print-paper': '#ffffff',
};

export const COLOURS: Readonly<Record<Scheme, Tokens>> = { light: LIGHT, dark: DARK };

export type Measures = Readonly<{
  font: number;
  small: number;
  row: number;
  control: number;
  gap: number;
  page: number;
}>;

export const MEASURES: Readonly<Record<Density, Measures>> = {
  compact: { font: 13, small: 12, row: 32, control: 28, gap: 8, page: 16 },
  comfortable: { font: 14, small: 12, row: 40, control: 32, gap: 12, page: 24 },
};

export const RADIUS = 6;

export const FONT_FAMILY = [
  'Inter', '-apple-system', 'BlinkMacSystemFont', '"Segoe UI"', '"PingFang SC"',
  '"Hiragino Sans GB"', '"Microsoft YaHei"', '"Noto Sans CJK SC"', '"Noto Sans SC"', 'system-ui',
  'sans-serif',
].join(', ');
