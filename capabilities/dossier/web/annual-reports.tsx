import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { FileText, Plus } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { attachmentUrl } from '@/api/attachments';
import { useMeta, useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import CreateDrawer from '@/records/create-drawer';
import { recordPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import type { AnnualReport, AnnualReportsView } from './annual-report-api';
import { annualReportsQuery, applyAnnualReport } from './annual-report-api';
import { ApplyChosen, baseOf, Comparison, useChosen } from './comparison';
import { dossierKey } from './dossier-api';
import { NoteValues } from './note-values';
import { registryQuery } from './registry-api';
import styles from './dossier.module.css';

const REPORT = 'annual_report';
const FORM = ['year', 'file'];

/** Annual reports as a source: the files, what was noted of them, and what differs from ours. */
export function AnnualReports({ account }: Readonly<{ account: string }>) {
  const { t } = useText();
  const object = useObjectMeta(REPORT);
  const found = useQuery({
    ...annualReportsQuery(account), enabled: object?.rights.read ?? false,
  });
  const [adding, setAdding] = useState(false);
  if (!object?.rights.read) return null;
  const close = () => {
    setAdding(false);
  };
  return (
    <Panel
      title={t('dossier.report')}
      tools={object.rights.create && (
        <Button
          icon={<Plus size={15} aria-hidden />}
          onClick={() => {
            setAdding(true);
          }}
        >
          {t('dossier.report_add')}
        </Button>
      )}
    >
      {found.isPending && <TableSkeleton rows={2} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data?.reports.length === 0 && <p className="faint">{t('dossier.report_none')}</p>}
      <div className={styles.reports}>
        {found.data?.reports.map((report) => (
          <Report key={report.id} account={account} report={report} view={found.data} />
        ))}
      </div>
      {adding && (
        <CreateDrawer
          object={object} names={FORM} given={{ account }} onClose={close}
          onMade={() => {
            close();
            void found.refetch();
          }}
        />
      )}
    </Panel>
  );
}

function Report({ account, report, view }: Readonly<{
  account: string; report: AnnualReport; view: AnnualReportsView;
}>) {
  const { t } = useText();
  const object = useObjectMeta(REPORT);
  const [noting, setNoting] = useState(false);
  const differs = report.parts.some(({ differences }) => differences.length > 0);
  return (
    <section>
      <div className={styles.reportHead}>
        <Link to={recordPath(REPORT, report.id)}>
          <strong>{t('dossier.report_of', { year: String(report.year) })}</strong>
        </Link>
        {report.file !== '' && (
          <a
            href={attachmentUrl(report.file)} target="_blank" rel="noreferrer"
            className={styles.open}
          >
            <FileText size={14} aria-hidden />{report.file_name}
          </a>
        )}
        {object?.rights.update && (
          <Button
            size="small"
            onClick={() => {
              setNoting(true);
            }}
          >
            {t('dossier.report_note')}
          </Button>
        )}
      </div>
      {report.noted.length === 0 && <p className="faint">{t('dossier.report_nothing')}</p>}
      {report.noted.length > 0 && !differs && (
        <p className="faint">
          {t('dossier.report_same', { count: String(report.noted.length) })}
        </p>
      )}
      {report.parts.filter(({ differences }) => differences.length > 0).map((part) => (
        <Part
          key={part.object + String(report.version)} account={account} report={report} part={part}
        />
      ))}
      {noting && (
        <NoteValues
          account={account} report={report} fields={view.fields}
          onClose={() => {
            setNoting(false);
          }}
        />
      )}
    </section>
  );
}

function Part({ account, report, part }: Readonly<{
  account: string; report: AnnualReport; part: AnnualReport['parts'][number];
}>) {
  const { t } = useText();
  const { objects } = useMeta();
  const client = useQueryClient();
  const { chosen, choose, chooseAll } = useChosen();
  const { differences } = part;
  const apply = useMutation({
    mutationFn: () => applyAnnualReport(account, {
      report: report.id, version: report.version, object: part.object, fields: [...chosen],
      base: baseOf(differences, chosen),
    }),
    onSuccess: (now) => {
      client.setQueryData(annualReportsQuery(account).queryKey, now);
      chooseAll(new Set());
      showToast({ tone: 'success', text: t('dossier.registry_applied') });
      void client.invalidateQueries({ queryKey: ['records', part.object] });
      void client.invalidateQueries({ queryKey: dossierKey });
      void client.invalidateQueries({ queryKey: registryQuery(account).queryKey });
    },
  });
  const object = objects.find(({ api_name }) => api_name === part.object);
  if (!object) return null;
  const theirs = t('dossier.report_theirs');
  const title = part.object === 'account'
    ? t('dossier.report_card') : t('dossier.report_year', { year: String(report.year) });
  const pageOf = (field: string) => String(report.noted.find(
    (one) => one.object === part.object && one.field === field,
  )?.page ?? '');
  return (
    <div className={styles.cardPart}>
      <h3>{title}</h3>
      <Comparison
        object={object} differences={differences} chosen={chosen} theirs={theirs}
        onChoose={choose} pageOf={pageOf}
      />
      <ApplyChosen
        differences={differences} chosen={chosen} apply={apply} onChooseAll={chooseAll}
      />
    </div>
  );
}
