import type { ReactNode } from 'react';
import { useText } from '@/i18n/use-text';
import { formatCount, formatShare } from '@/lib/money';
import { Definition } from '@/ui/definition';
import { useUrlState } from '@/ui/url-state';
import type { ClassCounts } from './classes';
import { useValueText } from './measure-text';
import type { ClassName, RankingAnswer } from './ranking-api';
import type { RankingState } from './ranking-state';
import styles from './abc.module.css';

type FigureProps = Readonly<{
  label: string; help: string; note?: ReactNode; title?: string; children: ReactNode;
}>;

function Figure({ label, help, note, title, children }: FigureProps) {
  return (
    <div className={styles.figure}>
      <span className={styles.figureLabel}>
        {label}
        <Definition of={label} text={help} />
      </span>
      <span className={styles.figureValue} title={title}>{children}</span>
      {note !== undefined && <span className={styles.figureNote}>{note}</span>}
    </div>
  );
}

type Props = Readonly<{ state: RankingState; answer: RankingAnswer; counts: ClassCounts }>;

/** The key figures of the ranking, each with its definition beside it. */
export function Figures({ state, answer, counts }: Props) {
  const { t } = useText();
  const { shown, exact, isAmount, basisNote } = useValueText(state);
  const { summary, tax } = answer;
  const topCount = Math.ceil(summary.customers * 0.2);
  const number = (value: number | null) => (value === null ? '—' : value.toFixed(4));
  const taxNote = isAmount ? (tax?.note ?? basisNote) : undefined;
  return (
    <div className={styles.figures}>
      <ClassFigure state={state} answer={answer} counts={counts} />
      <Figure
        label={t('identify.figure.total')} help={t('identify.help.total')}
        title={exact(summary.total)} note={taxNote}
      >
        {shown(summary.total)}
      </Figure>
      <Figure
        label={t('identify.figure.top20')} help={t('identify.help.top20')}
        note={t('identify.figure.top20_note', { n: formatCount(topCount) })}
      >
        {formatShare(summary.top20_share)}
      </Figure>
      <Figure label={t('identify.figure.gini')} help={t('identify.help.gini')}>
        {number(summary.gini)}
      </Figure>
      <Figure label="HHI" help={t('identify.help.hhi')}>{number(summary.hhi)}</Figure>
      <Figure
        label={t('identify.figure.non_positive')} help={t('identify.help.non_positive')}
        note={shown(summary.non_positive.value)} title={exact(summary.non_positive.value)}
      >
        {formatCount(summary.non_positive.customers)}
      </Figure>
      <Figure
        label={t('identify.figure.unassigned')} help={t('identify.help.unassigned')}
        title={exact(summary.unassigned)}
      >
        {shown(summary.unassigned)}
      </Figure>
    </div>
  );
}

function ClassFigure({ state, answer, counts }: Props) {
  const { t } = useText();
  const [, change] = useUrlState();
  const { summary } = answer;
  return (
    <div className={styles.figure}>
      <span className={styles.figureLabel}>
        {t('identify.figure.customers')}
        <Definition
          of={t('identify.figure.customers')} text={t('identify.help.customers')}
        />
      </span>
      <span className={styles.figureValue}>{formatCount(summary.customers)}</span>
      <span className={styles.classButtons}>
        {(['A', 'B', 'C'] as const satisfies readonly ClassName[]).map((name) => (
          <button
            key={name}
            type="button"
            data-class={name}
            className={styles.classButton}
            aria-pressed={state.shownClass === name}
            aria-label={t('identify.show_class', { name, n: formatCount(counts[name]) })}
            onClick={() => {
              const next = state.shownClass === name ? null : name;
              change({ class: next, sel: null }, { replace: true });
            }}
          >
            <b>{name}</b> {formatCount(counts[name])}
          </button>
        ))}
      </span>
    </div>
  );
}
