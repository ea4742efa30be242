import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { useDraft } from '@/ui/draft';
import { FormActions } from '@/ui/form-actions';
import { showToast } from '@/ui/toast';
import { changeOf, recordCause } from './causes-api';
import { SalesChanged } from './sales-changed';
import styles from './checks.module.css';

const LONGEST = 1000;
const USUAL = {
  fell: [
    'dossier.cause.shutdown', 'dossier.cause.project_over', 'dossier.cause.season',
    'dossier.cause.rival', 'dossier.cause.price', 'dossier.cause.stock',
    'dossier.cause.complaint', 'dossier.cause.budget',
  ],
  rose: [
    'dossier.cause.new_project', 'dossier.cause.new_product', 'dossier.cause.season',
    'dossier.cause.won_share', 'dossier.cause.price', 'dossier.cause.stocking',
    'dossier.cause.one_order',
  ],
} as const;

/** Says why sales changed: a usual cause in one tap, or in one's own words, or both. */
export function CauseDialog({ task, onClose }: Readonly<{ task: RecordRow; onClose: () => void }>) {
  const { t } = useText();
  const client = useQueryClient();
  const [words, setWords, clear] = useDraft(`cause.${task.id}`, '');
  const [tried, setTried] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const usual = (changeOf(task)?.share ?? 0) < 0 ? USUAL.fell : USUAL.rose;
  const cause = [chosen === null ? '' : t(chosen), words.trim()].filter(Boolean)
    .join(t('dossier.cause_between'));
  const save = useMutation({
    mutationFn: () => recordCause(task, cause),
    onSuccess: async () => {
      clear();
      await client.invalidateQueries({ queryKey: ['records', 'task'] });
      void client.invalidateQueries({ queryKey: ['dossier'] });
      showToast({ tone: 'success', text: t('dossier.cause_recorded') });
      onClose();
    },
  });
  const problem = save.error ? problemText(asProblem(save.error), t)
    : tried && cause === '' && t('dossier.cause_missing');
  return (
    <Modal
      open footer={null} title={asText(task.fields['account.name']) || asText(task.fields.title)}
      onCancel={onClose}
    >
      <form
        className={styles.cause}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (cause !== '') save.mutate();
        }}
      >
        <div className={styles.parts}><SalesChanged task={task} /></div>
        <div className={styles.usual} role="group" aria-label={t('dossier.cause_usual')}>
          {usual.map((key) => (
            <Button
              key={key} size="small" type={chosen === key ? 'primary' : 'default'}
              aria-pressed={chosen === key}
              onClick={() => {
                setChosen(chosen === key ? null : key);
              }}
            >
              {t(key)}
            </Button>
          ))}
        </div>
        <label htmlFor="cause-words">{t('dossier.cause_words')}</label>
        <Input.TextArea
          id="cause-words" rows={2} maxLength={LONGEST} value={words}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
        {problem && <p role="alert" className={styles.found}>{problem}</p>}
        <FormActions busy={save.isPending} onCancel={onClose} />
      </form>
    </Modal>
  );
}
