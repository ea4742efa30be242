import { Ban, CircleCheck, CircleDashed, CircleX, Loader, Undo2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ImportState } from '@/imports/import-api';
import { IMPORT_STATES } from '@/imports/import-states';
import { useText } from '@/i18n/use-text';
import styles from './imports.module.css';

const LOOKS: Readonly<Record<ImportState, readonly [LucideIcon, string]>> = {
  uploaded: [CircleDashed, 'calm'],
  planning: [Loader, 'calm'],
  planned: [CircleDashed, 'calm'],
  running: [Loader, 'active'],
  done: [CircleCheck, 'good'],
  failed: [CircleX, 'bad'],
  cancelled: [Ban, 'calm'],
  reverted: [Undo2, 'calm'],
};

export function StateMark({ state }: Readonly<{ state: ImportState }>) {
  const { t } = useText();
  const [Icon, tone] = LOOKS[state];
  return (
    <span className={styles.state} data-tone={tone}>
      <Icon size={14} aria-hidden />
      {t(IMPORT_STATES[state])}
    </span>
  );
}
