import { Tooltip } from 'antd';
import { useEffect, useSyncExternalStore } from 'react';
import { leave, moveTo, others } from '@/api/live';
import type { Person } from '@/api/live';
import { useText } from '@/i18n/use-text';
import { colourOf } from './colour';
import styles from './presence.module.css';

const MOST_SHOWN = 5;

/** This person is in the table, or at the record that stands beside it. */
export function usePresence(object: string, record: string | null): void {
  useEffect(() => {
    moveTo(record === null ? { object } : { object, record });
  }, [object, record]);
  useEffect(() => () => {
    leave(object);
  }, [object]);
}

/** One of each, whatever windows they have open; who is editing first. */
function distinct(people: readonly Person[]): readonly Person[] {
  const byUser = new Map<string, Person>();
  for (const person of people) {
    const known = byUser.get(person.user);
    if (!known || (person.editing === true && known.editing !== true)) {
      byUser.set(person.user, person);
    }
  }
  return [...byUser.values()];
}

/** The given name of a Chinese name, the first letters of others. */
function short(name: string): string {
  return /^[\u0020-\u024f]/.test(name) ? name.slice(0, 2) : name.slice(-2);
}

/** Who else has this table open. */
export function People() {
  const { t } = useText();
  const people = distinct(useSyncExternalStore(others.subscribe, others.get));
  if (people.length === 0) return null;
  const names = people.map(({ name }) => name).join('、');
  return (
    <ul className={styles.people} aria-label={t('presence.here', { names })}>
      {people.slice(0, MOST_SHOWN).map((person) => (
        <li key={person.user}>
          <Tooltip
            title={t(person.editing ? 'presence.edits' : 'presence.looks', { name: person.name })}
          >
            <span
              className={styles.face}
              style={{ borderColor: `var(--tag-${colourOf(person.user)})` }}
            >
              <span>{short(person.name)}</span>
            </span>
          </Tooltip>
        </li>
      ))}
      {people.length > MOST_SHOWN && <li className={styles.more}>+{people.length - MOST_SHOWN}</li>}
    </ul>
  );
}
