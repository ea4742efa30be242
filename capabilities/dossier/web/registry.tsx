import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { Building2, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { fieldOf, labelOf, useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import type { Fields, ObjectMeta } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { dossierKey } from './dossier-api';
import type { AskedBy, RegistryFinding, RegistryView } from './registry-api';
import { applyRegistry, askRegistry, registryQuery } from './registry-api';
import styles from './dossier.module.css';

type Props = Readonly<{ object: ObjectMeta; id: string }>;

function useLabels(object: ObjectMeta) {
  const { language } = useText();
  return (name: string) => {
    const field = fieldOf(object, name);
    return field ? labelOf(field.label, language, name) : name;
  };
}

/** What the company registry says against the card; what is chosen of it is taken over. */
export default function Registry({ object, id }: Props) {
  const { t } = useText();
  const client = useQueryClient();
  const query = registryQuery(id);
  const found = useQuery(query);
  const take = (now: RegistryView) => {
    client.setQueryData(query.queryKey, now);
  };
  const ask = useMutation({
    mutationFn: (by: AskedBy | null) => askRegistry(id, by), onSuccess: take,
  });
  if (found.isPending) return <TableSkeleton rows={4} columns={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const { configured, source, finding, provenance } = found.data;
  if (!configured && !finding) {
    return (
      <Notice
        icon={Building2} title={t('dossier.registry_none')} text={t('dossier.registry_none_text')}
      />
    );
  }
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
        {finding ? (
          <Differences
            key={finding.fetched_at} object={object} id={id} finding={finding} onApplied={take}
          />
        ) : <p className="faint">{t('dossier.registry_not_asked')}</p>}
      </Panel>
      {provenance.length > 0 && <Provenance object={object} provenance={provenance} />}
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
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const differences = finding.differences.filter(({ field }) => fieldOf(object, field));
  const apply = useMutation({
    mutationFn: () => applyRegistry(id, {
      fetched_at: finding.fetched_at, fields: [...chosen],
      base: Object.fromEntries(differences.filter(({ field }) => chosen.has(field))
        .map(({ field, ours }) => [field, ours])),
    }),
    onSuccess: (now) => {
      onApplied(now);
      setChosen(new Set());
      showToast({ tone: 'success', text: t('dossier.registry_applied') });
      void client.invalidateQueries({ queryKey: ['records', 'account'] });
      void client.invalidateQueries({ queryKey: dossierKey });
    },
  });
  const choose = (field: string, on: boolean) => {
    setChosen(new Set(on ? [...chosen, field] : [...chosen].filter((one) => one !== field)));
  };
  const all = () => {
    setChosen(new Set(differences.map(({ field }) => field)));
  };
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
        />
      )}
      {finding.unclear.length > 0 && (
        <p className="faint">
          {t('dossier.registry_unclear', {
            fields: finding.unclear.map(({ field, text }) => `${label(field)} “${text}”`).join('；'),
          })}
        </p>
      )}
      {apply.isError && (
        <p role="alert" className={styles.problem}>{problemText(asProblem(apply.error), t)}</p>
      )}
      {differences.length > 0 && (
        <div className={styles.dates}>
          <Button
            type="primary" disabled={chosen.size === 0} loading={apply.isPending}
            onClick={() => {
              apply.mutate();
            }}
          >
            {t('dossier.registry_apply', { count: String(chosen.size) })}
          </Button>
          <Button type="text" onClick={all}>{t('dossier.registry_all')}</Button>
        </div>
      )}
    </>
  );
}

type Difference = RegistryFinding['differences'][number];

function Comparison({ object, differences, chosen, onChoose }: Readonly<{
  object: ObjectMeta; differences: readonly Difference[]; chosen: ReadonlySet<string>;
  onChoose: (field: string, on: boolean) => void;
}>) {
  const { t } = useText();
  const label = useLabels(object);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('dossier.registry_field')}</th>
            <th scope="col">{t('dossier.registry_ours')}</th>
            <th scope="col">{t('dossier.registry_theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ field, ours, theirs }) => (
            <tr key={field}>
              <td>
                <Checkbox
                  checked={chosen.has(field)}
                  onChange={(event) => {
                    onChoose(field, event.target.checked);
                  }}
                >
                  {label(field)}
                </Checkbox>
              </td>
              <td><Shown object={object} name={field} value={ours} /></td>
              <td><Shown object={object} name={field} value={theirs} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Shown({ object, name, value }: Readonly<{
  object: ObjectMeta; name: string; value: unknown;
}>) {
  const field = fieldOf(object, name);
  return field ? <FieldValue field={field} fields={{ [name]: value } as Fields} /> : null;
}

function Provenance({ object, provenance }: Readonly<{
  object: ObjectMeta; provenance: RegistryView['provenance'];
}>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const label = useLabels(object);
  return (
    <Panel title={t('dossier.registry_provenance')}>
      <ul className={styles.waiting}>
        {provenance.map(({ field, source, taken_at: at }) => (
          <li key={field}>
            <span>{label(field)}</span>
            <span className="faint tabular">
              {`${source} · ${formatDateTime(at, workspace.time_zone)}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
