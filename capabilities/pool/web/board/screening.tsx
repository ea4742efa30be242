import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { asText } from '@/fields/widget';
import { formatDateTime } from '@/lib/dates';
import { numberText } from '@/lib/decimal';
import { useDraft } from '@/ui/draft';
import { Bone, FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { screen, screeningQuery, usePoolChange } from '../pool-api';
import type { Screening } from '../pool-api';
import { usePoolWords } from '../words';
import styles from '../pool.module.css';

type Letter = Screening['letters'][number];
type Answers = Readonly<Record<string, number>>;
const NOTHING: Answers = {};

/** Whether a potential customer is worth the effort, letter by letter. */
export function ScreeningSection({ account }: Readonly<{ account: string }>) {
  const { t } = usePoolWords();
  const result = useObjectMeta('account_screening');
  const found = useQuery({ ...screeningQuery(account), enabled: result !== undefined });
  const [asking, setAsking] = useState(false);
  if (!result) return null;
  return (
    <section>
      <h3 className={styles.heading}>
        {t('pool.screening', { template: found.data?.template ?? '' })}
        {found.data?.proposal && <span className={styles.draft}>{t('pool.proposal')}</span>}
      </h3>
      {found.isPending && <Bone width="60%" />}
      {found.isError && <FailedLine error={found.error} retry={() => void found.refetch()} />}
      {found.data && !asking && (
        <Result
          screening={found.data}
          onAsk={result.rights.create ? () => {
            setAsking(true);
          } : null}
        />
      )}
      {found.data && asking && (
        <Questions
          account={account} screening={found.data}
          onDone={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}

/** The letters of a result: which of them passed. */
function lettersOf(letters: readonly unknown[] | null) {
  return (letters ?? []).flatMap((one) => {
    if (typeof one !== 'object' || one === null) return [];
    const { key, score, passed } = one as Readonly<Record<string, unknown>>;
    return [{ key: asText(key), score: asText(score), passed: passed === true }];
  });
}

function Result({ screening, onAsk }: Readonly<{
  screening: Screening; onAsk: (() => void) | null;
}>) {
  const { t } = usePoolWords();
  const { workspace } = useMeta();
  const [last] = screening.results;
  return (
    <div className={styles.form}>
      {last ? (
        <div className={styles.cardRow}>
          <span className={styles.kind} data-kind={last.result === 'passed' ? 'admit' : 'watch'}>
            {t(last.result === 'passed' ? 'pool.screen_passed' : 'pool.screen_failed')}
          </span>
          {lettersOf(last.letters).map(({ key, score, passed }) => {
            const letter = screening.letters.find((one) => one.key === key);
            return (
              <span key={key} className={passed ? styles.passed : styles.failed}>
                {letter?.letter ?? key} {letter?.meaning} {numberText(score, 0)}
                {' '}{t(passed ? 'pool.letter_passed' : 'pool.letter_failed')}
              </span>
            );
          })}
          <span className="faint tabular">
            {formatDateTime(last.at, workspace.time_zone).slice(0, 10)}
          </span>
        </div>
      ) : <p className={styles.said}>{t('pool.not_screened')}</p>}
      {onAsk && (
        <div>
          <Button size="small" onClick={onAsk}>
            {t(last ? 'pool.screen_again' : 'pool.screen')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Questions({ account, screening, onDone }: Readonly<{
  account: string; screening: Screening; onDone: () => void;
}>) {
  const { t } = usePoolWords();
  const [answers, setAnswers, clear] = useDraft<Answers>(`screening.${account}`, NOTHING);
  const save = usePoolChange(() => screen(account, answers), () => {
    clear();
    showToast({ tone: 'success', text: t('pool.screened') });
    onDone();
  });
  const asked = screening.letters.flatMap((letter) => letter.questions);
  const open = asked.filter(({ key }) => answers[key] === undefined).length;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {screening.letters.map((letter) => (
        <LetterQuestions
          key={letter.key} letter={letter} best={screening.best_answer} answers={answers}
          onAnswer={(key, value) => {
            setAnswers({ ...answers, [key]: value });
          }}
        />
      ))}
      {save.isError && (
        <span className={styles.error} role="alert">{problemText(asProblem(save.error), t)}</span>
      )}
      <div className={styles.acts}>
        <Button type="primary" htmlType="submit" disabled={open > 0} loading={save.isPending}>
          {open > 0 ? t('pool.answers_open', { n: open }) : t('pool.screen_save')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}

function LetterQuestions({ letter, best, answers, onAnswer }: Readonly<{
  letter: Letter; best: number; answers: Answers; onAnswer: (key: string, value: number) => void;
}>) {
  const { t } = usePoolWords();
  const choices = Array.from({ length: best + 1 }, (_, value) => value);
  return (
    <fieldset className={styles.letter}>
      <legend>
        <b>{letter.letter}</b> {letter.meaning}
        <span className="faint"> {t('pool.cut_off', { n: numberText(letter.cut_off) })}</span>
      </legend>
      {letter.questions.map(({ key, text }) => (
        <div className={styles.question} key={key}>
          <span>{text}</span>
          <Segmented<number>
            size="small" aria-label={text} value={answers[key]} options={choices}
            onChange={(value) => {
              onAnswer(key, value);
            }}
          />
        </div>
      ))}
    </fieldset>
  );
}
