import type { NodeProps } from '@xyflow/react';
import { Handle, Position } from '@xyflow/react';
import {
  CircleHelp, Minus, ShieldAlert, ThumbsDown, ThumbsUp, TriangleAlert, Trophy, UserX,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { memo, useCallback } from 'react';
import { useText } from '@/i18n/use-text';
import type { LaneNode, PersonNode } from './flow';
import type { MapPerson } from './map-api';
import { calledName, numberOf, textOf } from './map-api';
import type { Stance } from './standing';
import { ageOf, stanceOf } from './standing';
import { STANCE_TEXTS } from './text-keys';
import { useWords } from './use-words';
import styles from './map.module.css';

const ICONS: Readonly<Record<Stance, LucideIcon>> = {
  champion: Trophy, supporter: ThumbsUp, neutral: Minus, sceptic: TriangleAlert,
  opponent: ThumbsDown, unknown: CircleHelp,
};

const MOST_INFLUENCE = 5;
const WHOLE = 100;

/** How somebody stands: icon and colour, in a ring that is as full as his influence. */
export function StanceMark({ person }: Readonly<{ person: MapPerson }>) {
  const stance = stanceOf(person.standing);
  const influence = numberOf(person.standing?.fields, 'influence') ?? 0;
  const Icon = ICONS[stance];
  const full = `${WHOLE * Math.min(1, influence / MOST_INFLUENCE)}%`;
  return (
    <span
      className={styles.mark} data-stance={stance} aria-hidden
      style={{ background: `conic-gradient(currentcolor ${full}, var(--line) 0)` }}
    >
      <Icon size={14} />
    </span>
  );
}

/** The same in words, for those who do not see the mark. */
export function useStanceText(): (person: MapPerson) => string {
  const { t } = useText();
  return useCallback((person: MapPerson) => {
    const { standing } = person;
    if (!standing) return t(STANCE_TEXTS.unknown);
    const influence = numberOf(standing.fields, 'influence');
    const support = numberOf(standing.fields, 'support');
    const age = standing.age_days;
    return [
      t(STANCE_TEXTS[stanceOf(standing)]),
      support === null ? '' : t('people_map.support', { n: support > 0 ? `+${support}` : support }),
      influence === null ? '' : t('people_map.influence', { n: influence }),
      age === null ? '' : t('people_map.age', { n: age }),
    ].filter(Boolean).join(' · ');
  }, [t]);
}

/** What a card says, for those who do not see it. */
export function useCardText(): (person: MapPerson, alone: boolean) => string {
  const { t } = useText();
  const stanceText = useStanceText();
  return useCallback((person: MapPerson, alone: boolean) => [
    calledName(person), textOf(person.fields, 'title'), textOf(person.fields, 'department_name'),
    stanceText(person),
    person.covered_by.length === 0 ? t('people_map.uncovered') : '',
    alone ? t('people_map.alone') : '',
  ].filter(Boolean).join(' · '), [t, stanceText]);
}

/** Stale opinions fade; who is known to one of ours only, or to nobody, is marked. */
export const PersonCard = memo(function PersonCard({ data, selected }: NodeProps<PersonNode>) {
  const { t } = useText();
  const words = useWords();
  const { person, staleAfter, alone } = data;
  const { standing } = person;
  const age = standing ? ageOf(standing, staleAfter) : 'fresh';
  const role = textOf(standing?.fields, 'buying_role');
  return (
    <div className={styles.card} data-selected={selected} data-age={age} data-person={person.id}>
      <Handle type="target" position={Position.Top} className={styles.handle} />
      <Handle type="target" id="left" position={Position.Left} className={styles.handle} />
      <StanceMark person={person} />
      <div className={styles.cardText}>
        <b className={styles.cardName}>{calledName(person)}</b>
        <span className={styles.cardLine}>
          {[textOf(person.fields, 'title'), textOf(person.fields, 'department_name')]
            .filter(Boolean).join(' · ')}
        </span>
        <span className={styles.cardLine}>
          {role !== '' && <i className={styles.role}>{words.standing('buying_role', role)}</i>}
          {person.covered_by.length === 0 && (
            <UserX size={13} aria-hidden className={styles.warn} />
          )}
          {alone && <ShieldAlert size={13} aria-hidden className={styles.warn} />}
          {standing !== null && standing.age_days !== null && (
            <span>{t('people_map.days_old', { n: standing.age_days })}</span>
          )}
        </span>
      </div>
      <Handle type="source" position={Position.Bottom} className={styles.handle} />
      <Handle type="source" id="right" position={Position.Right} className={styles.handle} />
    </div>
  );
});

export const LaneBand = memo(function LaneBand({ data }: NodeProps<LaneNode>) {
  return (
    <div className={styles.lane} data-layer={data.lane.layer}>
      <span className={styles.laneName}>{data.label}</span>
      <span className={styles.laneCount}>{data.lane.count}</span>
    </div>
  );
});
