import { optionLabel } from '@/api/meta';
import { numberText } from '@/lib/decimal';
import { bandLabel, criterionLabel, kindOf, optionsOf } from './model';
import type { Criterion, Threshold } from './model';
import type { Contribution, Explanation } from './scoring-api';
import { useWords } from './use-words';
import { stepsOf } from './waterfall';
import styles from './scoring.module.css';

type Props = Readonly<{
  answer: Explanation; criteria: readonly Criterion[]; thresholds: readonly Threshold[];
}>;

/** The parts of a score, each beginning where the one above ends; the sum in the last line. */
export function Waterfall({ answer, criteria, thresholds }: Props) {
  const { t, tierName } = useWords();
  return (
    <div className={styles.scroll} role="region" aria-label={t('scoring.parts')} tabIndex={0}>
      <table className={styles.waterfall}>
        <thead>
          <tr>
            <th scope="col">{t('scoring.criterion')}</th>
            <th scope="col">{t('scoring.value')}</th>
            <th scope="col" className="number">{t('scoring.points_title')}</th>
            <th scope="col" className="number">{t('scoring.weight')}</th>
            <th scope="col" className="number">{t('scoring.part')}</th>
            <th scope="col" className={styles.track}>
              <span className={styles.scale} aria-hidden>
                {thresholds.filter(({ from }) => Number(from) > 0).map(({ tier, from }) => (
                  <span key={tier} style={{ left: `${Number(from)}%` }}>{tierName(tier)}</span>
                ))}
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {stepsOf(answer.contributions).map(({ part, from, to }) => (
            <Part
              key={part.key} part={part} from={from} to={to} thresholds={thresholds}
              criterion={criteria.find((one) => one.key === part.key)}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('scoring.composite')}</th>
            <td /><td /><td />
            <td className="number">{answer.composite}</td>
            <Track from={0} to={Number(answer.composite)} whole thresholds={thresholds} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const PLACES = 2;
const RATIO_PLACES = 4;

function useInputText() {
  const { t, language, account } = useWords();
  return (part: Contribution, criterion: Criterion | undefined) => {
    if (part.input === null) return t('scoring.no_data');
    const option = (criterion ? optionsOf(criterion, account) : [])
      .find((one) => one.key === part.input);
    if (option) return optionLabel(option, language);
    const isRatio = criterion !== undefined && kindOf(criterion, account) === 'ratio';
    return numberText(part.input, isRatio ? RATIO_PLACES : PLACES);
  };
}

function Part({ part, criterion, from, to, thresholds }: Readonly<{
  part: Contribution; criterion: Criterion | undefined; from: number; to: number;
  thresholds: readonly Threshold[];
}>) {
  const words = useWords();
  const { t } = words;
  const inputText = useInputText();
  const band = criterion && part.band !== null ? bandLabel(criterion, part.band, words) : '';
  return (
    <tr>
      <th scope="row">{criterion ? criterionLabel(criterion, words) : part.key}</th>
      <td>
        {inputText(part, criterion)}
        {band !== '' && band !== inputText(part, criterion) && (
          <div className="faint">{band}</div>
        )}
        {!part.counts && <div className="faint">{t('scoring.left_out')}</div>}
      </td>
      <td className="number">{numberText(part.points)}</td>
      <td className="number">{numberText(part.weight)}</td>
      <td className="number">{part.contribution}</td>
      <Track from={from} to={to} thresholds={thresholds} />
    </tr>
  );
}

function Track({ from, to, whole = false, thresholds }: Readonly<{
  from: number; to: number; whole?: boolean; thresholds: readonly Threshold[];
}>) {
  return (
    <td className={styles.track} aria-hidden>
      <span className={styles.rail}>
        {thresholds.filter((one) => Number(one.from) > 0).map((one) => (
          <span className={styles.mark} key={one.tier} style={{ left: `${Number(one.from)}%` }} />
        ))}
        <span
          className={whole ? styles.whole : styles.step}
          style={{ left: `${from}%`, width: `${to - from}%` }}
        />
      </span>
    </td>
  );
}
