import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { Lock } from 'lucide-react';
import { useState } from 'react';
import { useObjectMeta } from '@/api/meta';
import type { Concern } from '@/api/people';
import { concernsIn } from '@/api/people';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { createRecord, deleteRecord, patchRecord } from '@/api/records';
import { useText } from '@/i18n/use-text';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useWords } from './use-words';
import styles from './map.module.css';

const MOST_TEXT = 500;

/** The words of the workspace for what each class of people cares about. */
export default function ConcernsPage() {
  const { t, language } = useText();
  const object = useObjectMeta('person_concern');
  const found = useQuery(concernsIn(language));
  if (!object?.rights.read) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  return (
    <Page narrow title={t('concerns.title')} note={t('concerns.note')}>
      {found.isPending && <TableSkeleton rows={7} columns={2} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data?.concerns.map((one) => (
        <Words key={`${one.class}${one.text}`} concern={one} editable={object.rights.create} />
      ))}
    </Page>
  );
}

function useKeep(change: () => Promise<unknown>) {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['records', 'person_concern'] });
      showToast({ tone: 'success', text: t('concerns.saved') });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
}

function Words({ concern, editable }: Readonly<{ concern: Concern; editable: boolean }>) {
  const { t } = useText();
  const words = useWords();
  const name = words.personClass(concern.class);
  const { id } = concern;
  const [text, setText] = useState(concern.text);
  const keep = useKeep(() => (id === null
    ? createRecord('person_concern', { person_class: concern.class, cares_about: text })
    : patchRecord('person_concern', id, {
      fields: { cares_about: text }, base: { cares_about: concern.text },
    })));
  const reset = useKeep(() => (
    id === null ? Promise.resolve() : deleteRecord('person_concern', id)
  ));
  return (
    <Panel
      title={name}
      tools={<span className="faint">{t(id === null ? 'concerns.shipped' : 'concerns.own')}</span>}
    >
      <div className={styles.form}>
        <Input.TextArea
          aria-label={name} value={text} readOnly={!editable} maxLength={MOST_TEXT}
          autoSize={{ minRows: 2 }}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
        {editable && (
          <div className={styles.actions}>
            <Button
              type="primary" loading={keep.isPending}
              disabled={text.trim() === '' || text === concern.text}
              onClick={() => {
                keep.mutate();
              }}
            >
              {t('action.save')}
            </Button>
            {id !== null && (
              <Button
                loading={reset.isPending}
                onClick={() => {
                  reset.mutate();
                }}
              >
                {t('concerns.reset')}
              </Button>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}
