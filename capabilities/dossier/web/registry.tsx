import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { Building2, RefreshCw } from 'lucide-react';
import { fieldOf, useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { AnnualReports } from './annual-reports';
import { ApplyChosen, baseOf, Comparison, useChosen, useLabels } from './comparison';
import { dossierKey } from './dossier-api';
import { Provenance } from './provenance';
import type { AskedBy, RegistryFinding, RegistryView } from './registry-api';
import { applyRegistry, askRegistry, registryQuery } from './registry-api';
import styles from './dossier.module.css';

type Props = Readonly<{ object: ObjectMeta; id: string }>;

/** What a company registry and annual reports say against the card, to choose from. */
export default function Registry({ object, id }: Props) {
  const { t } = useText();
  const client = useQueryClient();
  const query = registryQuery(id);
  const found = useQuery(query);
  const { objects } = useMeta();
  const take = (now: RegistryView) => {
    client.setQueryData(query.queryKey, now);
  };
  const ask = useMutation({
    mutationFn: (by: AskedBy | null) => askRegistry(id, by), onSuccess: take,
  });
  if (found.isPending) return <TableSkeleton rows={4} columns={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const { configured, source, finding, provenance } = found.data;
  const nobody = !configured && !finding;
  return (
    <div className={styles.main}>
      <Panel
        title={t('dossier.registry')}
        tools={configured && (
          <>
            <Button
              icon={<RefreshCw size={15} aria-hidden />} loading={ask.isPending}
              onClick={() => {
                ask.mutate(null);
              }}
            >
              {t('dossier.registry_ask', { source: source ?? '' })}
            </Button>
            <Button
              type="text" disabled={ask.isPending}
              onClick={() => {
                ask.mutate('name');
              }}
            >
              {t('dossier.registry_by_name')}
            </Button>
          </>
        )}
      >
        {ask.isError && (
          <p role="alert" className={styles.problem}>{problemText(asProblem(ask.error), t)}</p>
        )}
        {nobody && (
          <Notice
            icon={Building2} title={t('dossier.registry_none')}
            text={t('dossier.registry_none_text')}
          />
        )}
        {configured && !finding && <p className="faint">{t('dossier.registry_not_asked')}</p>}
        {finding && (
          <Differences
            key={finding.fetched_at} object={object} id={id} finding={finding} onApplied={take}
          />
        )}
      </Panel>
      <AnnualReports account={id} />
      {provenance.length > 0 && <Provenance objects={objects} provenance={provenance} />}
    </div>
  );
}

function Differences({ object, id, finding, onApplied }: Props & Readonly<{
  finding: RegistryFinding; onApplied: (now: RegistryView) => void;
}>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const client = useQueryClient();
  const label = useLabels(object);
  const { chosen, choose, chooseAll } = useChosen();
  const differences = finding.differences.filter(({ field }) => fieldOf(object, field));
  const apply = useMutation({
    mutationFn: () => applyRegistry(id, {
      fetched_at: finding.fetched_at, fields: [...chosen],
      base: baseOf(differences, chosen),
    }),
    onSuccess: (now) => {
      onApplied(now);
      chooseAll(new Set());
      showToast({ tone: 'success', text: t('dossier.registry_applied') });
      void client.invalidateQueries({ queryKey: ['records', 'account'] });
      void client.invalidateQueries({ queryKey: dossierKey });
    },
  });
  const when = formatDateTime(finding.fetched_at, workspace.time_zone);
  return (
    <>
      <p className="faint">
        {t('dossier.registry_asked', { source: finding.source, asked: finding.asked, when })}
      </p>
      {differences.length === 0 && <p>{t('dossier.registry_same')}</p>}
      {differences.length > 0 && (
        <Comparison
          object={object} differences={differences} chosen={chosen} onChoose={choose}
          theirs={t('dossier.registry_theirs')}
        />
      )}
      {finding.unclear.length > 0 && (
        <p className="faint">
          {t('dossier.registry_unclear', {
            fields: finding.unclear.map(({ field, text }) => `${label(field)} “${text}”`).join('；'),
          })}
        </p>
      )}
      {differences.length > 0 && (
        <ApplyChosen
          differences={differences} chosen={chosen} apply={apply} onChooseAll={chooseAll}
        />
      )}
    </>
  );
}
