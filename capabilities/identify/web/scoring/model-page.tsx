import { useQuery } from '@tanstack/react-query';
import { Button, ConfigProvider } from 'antd';
import { ChevronLeft, Lock } from 'lucide-react';
import { Link, useParams } from 'react-router';
import { useMeta, useObjectMeta } from '@/api/meta';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { Page } from '@/ui/page';
import { Failed, FailedLine, Notice, PageSkeleton } from '@/ui/states';
import { Criteria } from './criteria';
import { Basics } from './basics';
import { PreviewPanel } from './preview-panel';
import { Publishing } from './publishing';
import { modelQuery } from './scoring-api';
import { useModelDraft } from './use-model-draft';
import styles from './scoring.module.css';

/** Designs a scoring model: on the left what it says, on the right what that does. */
export default function ModelPage() {
  const { t } = useText();
  const { id = '' } = useParams();
  const object = useObjectMeta('scoring_model');
  const found = useQuery({ ...modelQuery(id), enabled: object !== undefined });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return <Designer key={id} record={found.data} />;
}

function Designer({ record }: Readonly<{ record: RecordRow }>) {
  const { t } = useText();
  const { user } = useMeta();
  const draft = useModelDraft(record);
  const { definition, problem, saved, change, discard } = draft;
  const errors = problem?.errors ?? [];
  const editable = record.can.includes('update');
  const back = (
    <Link className={styles.back} to="/scoring">
      <ChevronLeft size={14} aria-hidden />{t('scoring.title')}
    </Link>
  );
  const state = problem ? t('scoring.not_saved') : t(saved ? 'scoring.saved' : 'scoring.saving');
  return (
    <Page
      title={asText(record.fields.name)} above={back}
      note={editable ? <span role="status">{state}</span> : t('scoring.read_only')}
      tools={user.administrator && <Publishing record={record} blocked={!saved} />}
    >
      {problem && (
        <div className={styles.problem}>
          <FailedLine error={problem} />
          <Button size="small" onClick={discard}>{t('action.discard')}</Button>
        </div>
      )}
      <div className={styles.designer}>
        <ConfigProvider componentDisabled={!editable}>
          <div className={styles.stack}>
            <Basics definition={definition} errors={errors} onChange={change} />
            <Criteria definition={definition} errors={errors} onChange={change} />
          </div>
        </ConfigProvider>
        <div className={styles.effect}>
          <PreviewPanel
            id={record.id} version={record.version} thresholds={definition.thresholds}
            stale={!saved}
          />
        </div>
      </div>
    </Page>
  );
}
