import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import type { PowerMap } from './map-api';
import { calledName } from './map-api';
import { StanceMark, useStanceText } from './person-card';
import {
  CORE_FUNCTIONS, CORE_LAYERS, FUNCTIONS, functionOf, layerOf, LAYERS,
} from './standing';
import { useWords } from './use-words';
import styles from './map.module.css';

type Props = Readonly<{ map: PowerMap; onChoose: (person: string) => void }>;

/** Layer by department role: the classes of people, and which of them nobody is known of. */
export function Matrix({ map, onChoose }: Props) {
  const { t } = useText();
  const words = useWords();
  const stanceText = useStanceText();
  const used = (core: readonly string[], of: readonly string[]) => (key: string) => (
    core.includes(key) || of.includes(key)
  );
  const layers = LAYERS.filter(used(CORE_LAYERS, map.people.map(layerOf)));
  const functions = FUNCTIONS.filter(used(CORE_FUNCTIONS, map.people.map(functionOf)));
  return (
    <Panel flush>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('people_map.matrix')}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col" aria-label={t('people_map.layer')} />
              {functions.map((role) => <th key={role} scope="col">{words.role(role)}</th>)}
            </tr>
          </thead>
          <tbody>
            {layers.map((layer) => (
              <tr key={layer}>
                <th scope="row">{words.layer(layer)}</th>
                {functions.map((role) => {
                  const people = map.people.filter((person) => (
                    layerOf(person) === layer && functionOf(person) === role
                  ));
                  const core = CORE_LAYERS.includes(layer) && CORE_FUNCTIONS.includes(role);
                  return (
                    <td key={role} data-empty={people.length === 0 && core}>
                      {people.length === 0 && core && t('people_map.nobody_here')}
                      {people.map((person) => (
                        <button
                          key={person.id} type="button" className={styles.cell}
                          title={stanceText(person)}
                          onClick={() => {
                            onChoose(person.id);
                          }}
                        >
                          <StanceMark person={person} />
                          {calledName(person)}
                        </button>
                      ))}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
