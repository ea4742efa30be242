import { describe, expect, it } from 'vitest';
import { objectMeta } from '@/api/testing';
import { MOST_PINS, pinnedNouns, rolePins } from './nouns';

const NOUNS = ['account', 'visit', 'opportunity', 'contract', 'payment', 'complaint'];

function metaWithout(hidden: readonly string[], names: readonly string[] = NOUNS) {
  const objects = names.map((name) => objectMeta(name, [])).map((object) => ({
    ...object, rights: { ...object.rights, read: !hidden.includes(object.api_name) },
  }));
  return { objects };
}

const shown = (hidden: readonly string[], pins: readonly string[]) =>
  pinnedNouns(metaWithout(hidden), pins).map((object) => object.api_name);

describe('the pins of a role', () => {
  it.each([
    ['kam', ['visit', 'opportunity', 'complaint']],
    ['kam_director', ['visit', 'opportunity', 'contract', 'complaint']],
    ['finance', ['contract', 'payment']],
    ['sales_assistant', ['visit', 'contract', 'payment']],
    ['colleague', ['complaint']],
  ])('%s', (role, pins) => {
    expect(rolePins([role])).toEqual(pins);
  });

  it('are those of all roles together, each once, in the order of the process', () => {
    expect(rolePins(['finance', 'kam'])).toEqual(
      ['visit', 'opportunity', 'contract', 'payment', 'complaint'],
    );
  });

  it('are there for somebody with roles of the company only', () => {
    expect(rolePins([])).toEqual(['visit', 'opportunity', 'complaint']);
    expect(rolePins(['our_own'])).toEqual(['visit', 'opportunity', 'complaint']);
  });
});

describe('the pinned nouns', () => {
  it('leave out what may not be read', () => {
    expect(shown(['opportunity'], rolePins(['kam']))).toEqual(['visit', 'complaint']);
  });

  it('leave out what is no longer there', () => {
    expect(shown([], ['our_own_table', 'payment'])).toEqual(['payment']);
  });

  it('stand in the order of the person', () => {
    expect(shown([], ['complaint', 'account', 'visit'])).toEqual(['complaint', 'account', 'visit']);
  });

  it('are never more than there is room for', () => {
    const many = Array.from({ length: MOST_PINS + 1 }, (_, at) => `table_${at}`);
    expect(pinnedNouns(metaWithout([], many), many)).toHaveLength(MOST_PINS);
  });
});
