import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import type { MapPerson, PowerMap } from './map-api';
import { calledName, textOf, userName } from './map-api';
import { StanceMark, useStanceText } from './person-card';
import { layerOf, LAYERS } from './standing';
import { useWords } from './use-words';
import styles from './map.module.css';

type Props = Readonly<{ map: PowerMap; onChoose: (person: string) => void }>;

/** The lanes one below the other: for a phone, and for reading aloud. */
export function LaneList({ map, onChoose }: Props) {
  const words = useWords();
  return (
    <div className={styles.lists}>
      {LAYERS.map((layer) => {
        const people = map.people.filter((person) => layerOf(person) === layer);
        if (people.length === 0) return null;
        return (
          <Panel key={layer} title={`${words.layer(layer)} · ${people.length}`} flush>
            <ul className={styles.people}>
              {people.map((person) => (
                <li key={person.id}>
                  <Line map={map} person={person} onChoose={onChoose} />
                </li>
              ))}
            </ul>
          </Panel>
        );
      })}
    </div>
  );
}

function Line({ map, person, onChoose }: Props & Readonly<{ person: MapPerson }>) {
  const { t } = useText();
  const stanceText = useStanceText();
  const cover = person.covered_by.map(({ user }) => userName(map, user)).join('、');
  return (
    <button
      type="button" className={styles.line}
      onClick={() => {
        onChoose(person.id);
      }}
    >
      <StanceMark person={person} />
      <span className={styles.lineText}>
        <b>{calledName(person)}</b>
        <span className="faint">
          {[textOf(person.fields, 'title'), textOf(person.fields, 'department_name')]
            .filter(Boolean).join(' · ')}
        </span>
        <span className={styles.lineStance}>{stanceText(person)}</span>
        <span className={cover === '' ? styles.warn : 'faint'}>
          {cover === '' ? t('people_map.uncovered') : t('people_map.covered_by', { names: cover })}
        </span>
      </span>
    </button>
  );
}
