import { useQuery } from '@tanstack/react-query';
import { Button, Steps } from 'antd';
import { ChevronLeft } from 'lucide-react';
import { Link, useNavigate, useParams } from 'react-router';
import { useText } from '@/i18n/use-text';
import { importById } from '@/imports/import-api';
import type { ImportJob } from '@/imports/import-api';
import { formatCount } from '@/lib/money';
import { Page, Panel } from '@/ui/page';
import { Bone, Failed, TableSkeleton } from '@/ui/states';
import { useNarrow } from '@/ui/use-narrow';
import { useUrlState } from '@/ui/url-state';
import { MappingForm } from './mapping-form';
import { Report } from './report';
import { Result } from './result';
import { Working } from './working';
import styles from './imports.module.css';

const STEP_OF = {
  uploaded: 0, planning: 1, planned: 1, running: 2, done: 3, failed: 3, cancelled: 3, reverted: 3,
} as const satisfies Record<ImportJob['state'], number>;

const STEP_TITLES = [
  'imports.step.map', 'imports.step.check', 'imports.step.run', 'imports.step.done',
] as const;

/** One import from the file to its result; where it stands is what the server says. */
export default function JobPage() {
  const { t } = useText();
  const { id = '' } = useParams();
  const found = useQuery(importById(id));
  const job = found.data;
  const back = (
    <Link className={styles.back} to="/import">
      <ChevronLeft size={15} aria-hidden />
      {t('imports.title')}
    </Link>
  );
  if (found.isError && !job) {
    return (
      <Page title={t('imports.title')} above={back}>
        <Failed error={found.error} retry={() => void found.refetch()} />
      </Page>
    );
  }
  if (!job) {
    return (
      <Page title={t('imports.title')} above={back}>
        <Bone width="50%" height={28} />
        <Panel flush><TableSkeleton rows={8} columns={4} /></Panel>
      </Page>
    );
  }
  return (
    <Page
      title={job.file_name}
      above={back}
      note={t('imports.rows', { n: formatCount(job.rows) })}
    >
      <Job job={job} />
    </Page>
  );
}

function Job({ job }: Readonly<{ job: ImportJob }>) {
  const { t } = useText();
  const [params, change] = useUrlState();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const mapping = job.state === 'uploaded'
    || (job.state === 'planned' && params.get('step') === 'map');
  const step = mapping ? 0 : STEP_OF[job.state];
  return (
    <>
      <Steps
        size="small"
        responsive={false}
        titlePlacement={narrow ? 'vertical' : 'horizontal'}
        className={styles.steps}
        current={step}
        status={job.state === 'failed' ? 'error' : undefined}
        items={STEP_TITLES.map((title) => ({ title: t(title) }))}
      />
      {mapping && (
        <MappingForm
          job={job}
          onPlanned={() => {
            change({ step: null }, { replace: true });
          }}
        />
      )}
      {!mapping && (job.state === 'planning' || job.state === 'running') && <Working job={job} />}
      {!mapping && job.state === 'planned' && (
        <Report
          job={job}
          onBack={() => {
            change({ step: 'map' });
          }}
        />
      )}
      {step === 3 && <Result job={job} />}
      {step === 3 && (
        <div>
          <Button onClick={() => void navigate('/import')}>{t('imports.another')}</Button>
        </div>
      )}
    </>
  );
}
