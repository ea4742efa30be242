import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { Gauge, Lock } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { fieldOf, optionLabel, useMeta, useObjectMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { startingModel } from './model';
import { WaitingOverrides } from './overrides';
import { createModel, modelsQuery } from './scoring-api';
import { useWords } from './use-words';
import styles from './scoring.module.css';

/** The scoring models of the workspace. */
export default function ModelsPage() {
  const { t } = useText();
  const object = useObjectMeta('scoring_model');
  const found = useQuery({ ...modelsQuery, enabled: object !== undefined });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  return (
    <Page
      narrow title={t('scoring.title')} note={t('scoring.note')}
      tools={<Link to="/scoring/criteria">{t('scoring.side_by_side')}</Link>}
    >
      <WaitingOverrides />
      {object.rights.create && <Panel title={t('scoring.new')}><NewModel /></Panel>}
      <Panel title={t('scoring.models')} flush>
        {found.isPending && <TableSkeleton rows={3} columns={3} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.data?.records.length === 0 && (
          <Notice icon={Gauge} title={t('scoring.none')} text={t('scoring.none_text')} />
        )}
        <ul className={styles.list}>
          {found.data?.records.map((record) => <Model key={record.id} record={record} />)}
        </ul>
      </Panel>
    </Page>
  );
}

function Model({ record }: Readonly<{ record: RecordRow }>) {
  const { t, language } = useText();
  const { workspace } = useMeta();
  const object = useObjectMeta('scoring_model');
  const { fields } = record;
  const state = (object ? fieldOf(object, 'state')?.options ?? [] : [])
    .find((one) => one.key === fields.state);
  const at = asText(fields.published_at);
  return (
    <li className={styles.entry}>
      <Link to={`/scoring/${record.id}`}>{asText(fields.name)}</Link>
      <span className="faint">
        {state && optionLabel(state, language)}
        {at !== '' && ` · ${t('scoring.version_at', {
          n: asText(fields.model_version), at: formatDateTime(at, workspace.time_zone),
        })}`}
      </span>
    </li>
  );
}

function NewModel() {
  const { t } = useText();
  const { tiers } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const create = useMutation({
    mutationFn: () => createModel(startingModel(name.trim(), tiers.map((one) => one.key))),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: modelsQuery.queryKey });
      void navigate(`/scoring/${made.id}`);
    },
  });
  const problem = create.error ? asProblem(create.error) : null;
  const refused = problem ? errorsByField(problem).name ?? problemText(problem, t) : undefined;
  const error = tried && name.trim() === '' ? t('scoring.needs_name') : refused;
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (name.trim() !== '') create.mutate();
      }}
    >
      <div className={styles.field}>
        <label className={styles.label} htmlFor="model-name">{t('scoring.name')}</label>
        <Input
          id="model-name" value={name} status={error === undefined ? '' : 'error'}
          placeholder={t('scoring.name_example')}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
      </div>
      <Button type="primary" htmlType="submit" loading={create.isPending}>
        {t('scoring.create')}
      </Button>
    </form>
  );
}
