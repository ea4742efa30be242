import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { Lock, Plus } from 'lucide-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { labelOf, useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { layoutQuery, sectionsOf, useUsualSections } from '@/records/layout';
import type { Section } from '@/records/layout';
import { Page } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { stepped, without } from './arrange';
import { removeLayout, saveLayout } from './layout-api';
import { SectionBox } from './section-box';
import { Unused } from './unused';
import styles from './layout.module.css';

export default function LayoutPage() {
  const { t } = useText();
  const { object: name = '' } = useParams();
  const { user } = useMeta();
  const object = useObjectMeta(name);
  if (!object || !user.administrator) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  return <Layout object={object} />;
}

function useSaving(object: ObjectMeta) {
  const { t } = useText();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const perform = async (action: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await action();
      await client.invalidateQueries({ queryKey: layoutQuery(object.api_name).queryKey });
      showToast({ tone: 'success', text: t('layout.saved') });
    } catch (error) {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    }
    setBusy(false);
  };
  return { busy, perform };
}

/** The sections of a record's page and their fields, arranged by dragging. */
function Layout({ object }: Readonly<{ object: ObjectMeta }>) {
  const { t, language } = useText();
  const { user } = useMeta();
  const usual = useUsualSections(object);
  const found = useQuery(layoutQuery(object.api_name));
  const stored = found.data?.records[0];
  const { busy, perform } = useSaving(object);
  const [draft, setDraft] = useState<readonly Section[] | null>(null);
  const sections = draft ?? sectionsOf(stored) ?? usual ?? [];
  const title = labelOf(object.label, language, object.api_name);
  if (found.isError) {
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  }
  const save = () => perform(async () => {
    await saveLayout(object.api_name, user.id, stored, sections);
    setDraft(null);
  });
  const reset = () => perform(async () => {
    if (stored) await removeLayout(stored);
    setDraft(null);
  });
  return (
    <Page
      title={`${title} · ${t('layout.title')}`} note={t('layout.note')}
      tools={(
        <>
          <Link to={`/tables/${object.api_name}`}><Button>{t('layout.fields')}</Button></Link>
          <Button type="text" disabled={!stored && !draft} onClick={() => void reset()}>
            {t('layout.reset')}
          </Button>
          <Button type="primary" disabled={!draft} loading={busy} onClick={() => void save()}>
            {t('action.save')}
          </Button>
        </>
      )}
    >
      {(found.isPending || !usual) && <TableSkeleton rows={8} columns={2} />}
      <div className={styles.sections}>
        {sections.map((section, at) => (
          <SectionBox
            key={at} object={object} section={section} place={at} sections={sections}
            onChange={setDraft}
            onRemove={() => {
              setDraft(without(sections, at));
            }}
            onStep={(field, down) => {
              setDraft(stepped(sections, field, down, at));
            }}
          />
        ))}
        <Button
          icon={<Plus size={14} />}
          onClick={() => {
            setDraft([...sections, { title: t('layout.section'), fields: [] }]);
          }}
        >
          {t('layout.add_section')}
        </Button>
      </div>
      <Unused object={object} sections={sections} onChange={setDraft} />
    </Page>
  );
}
