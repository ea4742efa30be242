import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { labelOf, useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { Bone } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { mergeAccounts, previewOf, undoMerge } from './duplicates-api';
import type { Merge, Pair } from './duplicates-api';
import styles from './duplicates.module.css';

const MAX_REASON = 1_000;

type Props = Readonly<{ pair: Pair; onClose: () => void }>;

/** Takes a merge back and says what stayed. */
export function useUndo() {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: undoMerge,
    onSuccess: async ({ conflicts }) => {
      await client.invalidateQueries();
      showToast(conflicts.length > 0
        ? { tone: 'info', text: t('duplicates.undone_except', { count: String(conflicts.length) }) }
        : { tone: 'success', text: t('duplicates.undone') });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
}

/** What merging would move, and the word to do it. */
export function MergeDialog({ pair, onClose }: Props) {
  const { t } = useText();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const preview = useQuery(previewOf(pair));
  const undo = useUndo();
  const merge = useMutation({
    mutationFn: () => mergeAccounts(pair, reason),
    onSuccess: async ({ id }) => {
      onClose();
      // What it would have done is not asked again: the account is gone.
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'preview' });
      showToast({
        tone: 'success', text: t('duplicates.merged', { name: pair.kept.name }),
        ...(id === null ? {} : {
          action: {
            label: t('duplicates.undo'),
            perform: () => {
              undo.mutate(id);
            },
          },
        }),
      });
    },
  });
  const problem = preview.error ?? merge.error;
  return (
    <Modal
      open title={t('duplicates.merge_title')} okText={t('duplicates.merge')}
      cancelText={t('action.cancel')} onCancel={onClose} confirmLoading={merge.isPending}
      okButtonProps={{ disabled: !preview.data }}
      onOk={() => {
        merge.mutate();
      }}
    >
      <p>{t('duplicates.into', { removed: pair.removed.name, kept: pair.kept.name })}</p>
      {problem && (
        <p role="alert" className={styles.problem}>{problemText(asProblem(problem), t)}</p>
      )}
      {preview.isPending && <Bone width={240} />}
      {preview.data && <Preview merge={preview.data} />}
      <label className={styles.field}>
        <span className={styles.label}>{t('duplicates.reason')}</span>
        <Input
          value={reason} maxLength={MAX_REASON}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      </label>
      <p className={styles.hint}>{t('duplicates.can_be_undone')}</p>
    </Modal>
  );
}

function Preview({ merge }: Readonly<{ merge: Merge }>) {
  const { t, language } = useText();
  const { objects } = useMeta();
  const account = useObjectMeta('account');
  const objectName = (name: string) => {
    const object = objects.find((one) => one.api_name === name);
    return object ? labelOf(object.label, language, name) : name;
  };
  const fieldName = (name: string) => {
    const field = account?.fields.find((one) => one.api_name === name);
    return field ? labelOf(field.label, language, name) : name;
  };
  return (
    <dl className={styles.preview}>
      <dt>{t('duplicates.moved')}</dt>
      <dd>
        {merge.moved.length === 0 ? t('duplicates.nothing') : merge.moved.map((one) => (
          <span key={one.object} className={styles.tag}>
            {objectName(one.object)} <span className="tabular">{one.records}</span>
          </span>
        ))}
      </dd>
      {merge.filled.length > 0 && (
        <>
          <dt>{t('duplicates.filled')}</dt>
          <dd>
            {merge.filled.map((name) => (
              <span key={name} className={styles.tag}>{fieldName(name)}</span>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}
