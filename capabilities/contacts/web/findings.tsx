import { CircleCheck, Link2, TriangleAlert } from 'lucide-react';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import type { Gap, PowerMap } from './map-api';
import { calledName, userName } from './map-api';
import { GAP_TEXTS, RISK_TEXTS } from './text-keys';
import { useWords } from './use-words';
import styles from './map.module.css';

const MOST_NAMED = 5;

type Props = Readonly<{ map: PowerMap; onChoose: (person: string) => void }>;

/** What the map lacks and how thin the relation is, in words that lead to the people. */
export function Findings({ map, onChoose }: Props) {
  const { t } = useText();
  const { risk } = map;
  return (
    <Panel>
      <div className={styles.findings}>
        <p className={styles.risk} data-level={risk.level}>
          <Link2 size={15} aria-hidden />
          <b>{t(RISK_TEXTS[risk.level] ?? risk.level)}</b>
          <span>{t('people_map.risk.sides', { theirs: risk.theirs, ours: risk.ours })}</span>
          {risk.alone.slice(0, 1).map(({ user, people }) => (
            <span key={user}>
              {t('people_map.risk.alone', { name: userName(map, user), n: people.length })}
            </span>
          ))}
        </p>
        {map.gaps.length === 0 && (
          <p className={styles.sound}>
            <CircleCheck size={15} aria-hidden />{t('people_map.no_gaps')}
          </p>
        )}
        <ul className={styles.gaps}>
          {map.gaps.map((gap) => (
            <GapLine key={gap.kind + gap.part} map={map} gap={gap} onChoose={onChoose} />
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function GapLine({ map, gap, onChoose }: Props & Readonly<{ gap: Gap }>) {
  const { t } = useText();
  const words = useWords();
  const part = gap.kind === 'nobody_in_layer' ? words.layer(gap.part) : words.role(gap.part);
  const people = gap.people.flatMap((id) => map.people.filter((person) => person.id === id));
  return (
    <li className={styles.gap}>
      <TriangleAlert size={13} aria-hidden />
      <span>{t(GAP_TEXTS[gap.kind] ?? gap.kind, { part })}</span>
      {people.slice(0, MOST_NAMED).map((person) => (
        <button
          key={person.id} type="button" className={styles.name}
          onClick={() => {
            onChoose(person.id);
          }}
        >
          {calledName(person)}
        </button>
      ))}
      {people.length > MOST_NAMED && (
        <span className="faint">{t('people_map.and_more', { n: people.length - MOST_NAMED })}</span>
      )}
    </li>
  );
}
