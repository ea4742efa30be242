import { Button, Input, InputNumber } from 'antd';
import { Plus, Trash2 } from 'lucide-react';
import { Field } from '../parts';
import { usePoolWords } from '../words';
import { MOST_QUESTIONS, newQuestion, textIn, withText } from './template';
import type { Letter, Question } from './template';
import styles from '../pool.module.css';

type Props = Readonly<{
  letters: readonly Letter[]; place: number; language: string;
  onChange: (letter: Letter) => void; onRemove: () => void;
}>;

/** One letter: what it means, from where it is passed, and what is asked. */
export function LetterPanel({ letters, place, language, onChange, onRemove }: Props) {
  const { t } = usePoolWords();
  const letter = letters[place];
  if (!letter) return null;
  const id = `letter-${place}`;
  const set = (part: Partial<Letter>) => {
    onChange({ ...letter, ...part });
  };
  return (
    <>
      <div className={styles.letterHead}>
        <Field label={t('pool.letter')} id={`${id}-name`}>
          <Input
            id={`${id}-name`} value={letter.letter} maxLength={8}
            onChange={(event) => {
              set({ letter: event.target.value });
            }}
          />
        </Field>
        <Field label={t('pool.meaning')} id={`${id}-meaning`}>
          <Input
            id={`${id}-meaning`} value={textIn(letter.meaning, language)} maxLength={100}
            onChange={(event) => {
              set({ meaning: withText(letter.meaning, language, event.target.value) });
            }}
          />
        </Field>
        <Field label={t('pool.cut_off_label')} id={`${id}-cut`}>
          <Input
            id={`${id}-cut`} value={letter.cut_off} inputMode="decimal"
            onChange={(event) => {
              set({ cut_off: event.target.value.trim() });
            }}
          />
        </Field>
      </div>
      {letter.questions.map((question, at) => (
        <QuestionRow
          key={question.key} question={question} language={language}
          id={`${id}-question-${at}`} number={at + 1} only={letter.questions.length === 1}
          onChange={(next) => {
            set({ questions: letter.questions.map((one) => (one === question ? next : one)) });
          }}
          onRemove={() => {
            set({ questions: letter.questions.filter((one) => one !== question) });
          }}
        />
      ))}
      <div className={styles.acts}>
        {letter.questions.length < MOST_QUESTIONS && (
          <Button
            size="small" icon={<Plus size={13} aria-hidden />}
            onClick={() => {
              set({ questions: [...letter.questions, newQuestion(letters)] });
            }}
          >
            {t('pool.add_question')}
          </Button>
        )}
        <Button size="small" icon={<Trash2 size={13} aria-hidden />} onClick={onRemove}>
          {t('pool.remove_letter', { letter: letter.letter })}
        </Button>
      </div>
    </>
  );
}

function QuestionRow({ question, language, id, number, only, onChange, onRemove }: Readonly<{
  question: Question; language: string; id: string; number: number; only: boolean;
  onChange: (question: Question) => void; onRemove: () => void;
}>) {
  const { t } = usePoolWords();
  return (
    <div className={styles.questionRow}>
      <Field label={t('pool.question_n', { n: number })} id={id}>
        <Input
          id={id} value={textIn(question.text, language)} maxLength={200}
          onChange={(event) => {
            onChange({ ...question, text: withText(question.text, language, event.target.value) });
          }}
        />
      </Field>
      <Field label={t('pool.question_weight')} id={`${id}-weight`}>
        <InputNumber<number>
          id={`${id}-weight`} min={1} max={100} precision={0} value={question.weight}
          onChange={(weight) => {
            onChange({ ...question, weight: weight ?? 1 });
          }}
        />
      </Field>
      <Button
        type="text" disabled={only} icon={<Trash2 size={14} aria-hidden />}
        aria-label={t('pool.remove_question', { n: number })} onClick={onRemove}
      />
    </div>
  );
}
