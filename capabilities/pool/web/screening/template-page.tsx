import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { Lock, Plus } from 'lucide-react';
import { useState } from 'react';
import { useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { createRecord, patchRecord, recordById } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useDraft } from '@/ui/draft';
import { Page, Panel } from '@/ui/page';
import { SaveChanges } from '@/ui/save-changes';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { Field, PoolPages } from '../parts';
import { screeningInForceQuery, usePoolChange } from '../pool-api';
import { usePoolWords } from '../words';
import { LetterPanel } from './letter-panel';
import {
  LANGUAGES, missingIn, MOST_LETTERS, newLetter, storedLetters, templateOf,
} from './template';
import type { Template } from './template';
import styles from '../pool.module.css';

/** The letters, questions and cut-offs that potential customers are screened by. */
export default function TemplatePage() {
  const { t, language } = usePoolWords();
  const object = useObjectMeta('screening_template');
  const found = useQuery({ ...screeningInForceQuery, enabled: object !== undefined });
  const id = found.data?.id ?? null;
  const stored = useQuery({
    ...recordById('screening_template', id ?? '', ['name', 'letters']), enabled: id !== null,
  });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const ready = found.data && (id === null || stored.data);
  const failed = found.error ?? stored.error;
  return (
    <Page
      narrow title={t('pool.template')} above={<PoolPages />}
      note={(
        <>
          {t('pool.template_note')}
          {found.data?.proposal && <span className={styles.draft}>{t('pool.proposal')}</span>}
        </>
      )}
    >
      {failed && <Failed error={failed} retry={() => void found.refetch()} />}
      {!failed && !ready && <TableSkeleton rows={8} columns={2} />}
      {ready && (
        <Editor
          key={stored.data?.version ?? 0} record={stored.data ?? null}
          from={stored.data ? {
            name: asText(stored.data.fields.name),
            letters: storedLetters(stored.data.fields.letters),
          } : templateOf(found.data, language)}
          editable={stored.data ? stored.data.can.includes('update') : object.rights.create}
        />
      )}
    </Page>
  );
}

const LANGUAGE_KEYS = { 'zh-CN': 'pool.language_zh', en: 'pool.language_en' } as const;

type EditorProps = Readonly<{ record: RecordRow | null; from: Template; editable: boolean }>;

function save(record: RecordRow | null, { name, letters }: Template): Promise<RecordRow> {
  const fields = { name: name.trim(), letters };
  if (!record) return createRecord('screening_template', fields);
  return patchRecord('screening_template', record.id, { fields, base: record.fields });
}

function Editor({ record, from, editable }: EditorProps) {
  const { t, language } = usePoolWords();
  const [draft, setDraft, clear] = useDraft<Template | null>('screening.template', null);
  const [shown, setShown] = useState<string>(language);
  const [tried, setTried] = useState(false);
  const template = draft ?? from;
  const missing = missingIn(template, shown);
  const keep = usePoolChange(() => save(record, template), () => {
    clear();
    showToast({ tone: 'success', text: t('pool.template_saved') });
  });
  const error = keep.error ? problemText(asProblem(keep.error), t)
    : tried && missing !== null ? t(missing) : undefined;
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (missing === null) keep.mutate();
      }}
    >
      <fieldset className={styles.group} disabled={!editable}>
        <Field label={t('pool.template_name')} id="template-name">
          <Input
            id="template-name" value={template.name} maxLength={100}
            onChange={(event) => {
              setDraft({ ...template, name: event.target.value });
            }}
          />
        </Field>
      </fieldset>
      <div>
        <Segmented
          aria-label={t('pool.text_language')} value={shown} onChange={setShown}
          options={LANGUAGES.map((value) => ({ value, label: t(LANGUAGE_KEYS[value]) }))}
        />
      </div>
      <Letters template={template} language={shown} editable={editable} onChange={setDraft} />
      {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
      {editable && (
        <SaveChanges changed={draft !== null} busy={keep.isPending} onDiscard={clear} />
      )}
    </form>
  );
}

function Letters({ template, language, editable, onChange }: Readonly<{
  template: Template; language: string; editable: boolean; onChange: (next: Template) => void;
}>) {
  const { t } = usePoolWords();
  const { letters } = template;
  const set = (next: Template['letters']) => {
    onChange({ ...template, letters: next });
  };
  return (
    <>
      {letters.map((letter, place) => (
        <Panel key={place} title={letter.letter}>
          <fieldset className={styles.group} disabled={!editable}>
            <LetterPanel
              letters={letters} place={place} language={language}
              onChange={(next) => {
                set(letters.map((one, at) => (at === place ? next : one)));
              }}
              onRemove={() => {
                set(letters.filter((_, at) => at !== place));
              }}
            />
          </fieldset>
        </Panel>
      ))}
      {editable && letters.length < MOST_LETTERS && (
        <div>
          <Button
            icon={<Plus size={14} aria-hidden />}
            onClick={() => {
              set([...letters, newLetter(letters)]);
            }}
          >
            {t('pool.add_letter')}
          </Button>
        </div>
      )}
    </>
  );
}
