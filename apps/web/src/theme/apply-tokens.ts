import { COLOUR_NAMES, COLOURS, FONT_FAMILY, MEASURES, RADIUS } from './tokens';
import type { Density, Scheme } from './tokens';

/** Writes the tokens to the document as CSS variables: --ink, --space-gap … */
export function applyTokens(scheme: Scheme, density: Density): void {
  const root = document.documentElement;
  for (const name of COLOUR_NAMES) {
    root.style.setProperty(`--${name}`, COLOURS[scheme][name]);
  }
  for (const [name, pixels] of Object.entries(MEASURES[density])) {
    root.style.setProperty(`--size-${name}`, `${pixels}px`);
  }
  root.style.setProperty('--radius', `${RADIUS}px`);
  root.style.setProperty('--font', FONT_FAMILY);
  root.style.colorScheme = scheme;
  root.dataset.scheme = scheme;
  root.dataset.density = density;
}
