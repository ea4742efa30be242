import { Ban, CircleCheck, CircleX, Clock, Undo2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useText } from '@/i18n/use-text';
import type { State } from './handover-api';
import styles from './handover.module.css';

const LOOKS: Readonly<Record<State, readonly [LucideIcon, string, string]>> = {
  prepared: [Clock, 'calm', 'handover.state_prepared'],
  done: [CircleCheck, 'good', 'handover.state_done'],
  undone: [Undo2, 'calm', 'handover.state_undone'],
  cancelled: [Ban, 'calm', 'handover.state_cancelled'],
  failed: [CircleX, 'bad', 'handover.state_failed'],
};

export function StateMark({ state }: Readonly<{ state: State }>) {
  const { t } = useText();
  const [Icon, tone, text] = LOOKS[state];
  return (
    <span className={styles.state} data-tone={tone}><Icon size={14} aria-hidden />{t(text)}</span>
  );
}
