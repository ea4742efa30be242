import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { Lock } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { labelOf, useObjectMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { createRecord, patchRecord } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { Page, Panel } from '@/ui/page';
import { Failed, FailedLine, Notice, PageSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { ownRolesQuery } from '../people/people-api';
import { Matrix } from './matrix';
import { Preview } from './preview';
import { readRights, sameRights, writeRights } from './rights';
import type { RoleRights } from './rights';
import { shippedRole } from './shipped';
import styles from '../organisation.module.css';

const EMPTY: RoleRights = { administrator: false, objects: {} };

function Back() {
  const { t } = useText();
  return <Link to="/roles">{t('roles.title')}</Link>;
}

/** One role: of the product to read and copy, of the workspace to change. */
export default function RolePage() {
  const { t, language } = useText();
  const { key = '' } = useParams();
  const [params] = useSearchParams();
  const object = useObjectMeta('role');
  const found = useQuery({ ...ownRolesQuery, enabled: object !== undefined });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const shipped = shippedRole(key);
  if (shipped) {
    const name = labelOf(shipped.label, language, key);
    return (
      <Page
        title={name} above={<Back />} note={t('roles.shipped_note')}
        tools={object.rights.create && !shipped.rights.administrator && (
          <Link to={`/roles/new?from=${key}`}>{t('roles.copy')}</Link>
        )}
      >
        {shipped.rights.administrator ? <Panel>{t('roles.is_administrator')}</Panel>
          : <Panel flush><Matrix role={shipped.rights} onChange={null} /></Panel>}
        <Preview roleKey={key} role={shipped.rights} />
      </Page>
    );
  }
  if (key === 'new') {
    const from = shippedRole(params.get('from') ?? '')?.rights ?? EMPTY;
    return <Editor key={params.get('from') ?? ''} record={null} stored={from} />;
  }
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const record = found.data.find((one) => one.id === key);
  const stored = record && readRights(record.fields.rights);
  if (!record || !stored) {
    const text = t(record ? 'roles.unreadable' : 'state.not_found_text');
    return <Notice icon={Lock} title={t('state.not_found')} text={text} />;
  }
  return <Editor key={`${key} ${record.version}`} record={record} stored={stored} />;
}

type EditorProps = Readonly<{ record: RecordRow | null; stored: RoleRights }>;

function Editor({ record, stored }: EditorProps) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const object = useObjectMeta('role');
  const [rights, setRights] = useState(stored);
  const [name, setName] = useState(asText(record?.fields.name));
  const [remarks, setRemarks] = useState(asText(record?.fields.remarks));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const regranted = record !== null && !sameRights(rights, stored);
  const save = useMutation({
    mutationFn: () => {
      const fields = { name: name.trim(), remarks: remarks.trim() || null };
      const changed = record && !regranted ? fields : { ...fields, rights: writeRights(rights) };
      if (!record) return createRecord('role', changed);
      const base = Object.fromEntries(
        Object.keys(changed).map((one) => [one, record.fields[one] ?? null]),
      );
      const why = reason.trim();
      return patchRecord('role', record.id, { fields: changed, base, reason: why || undefined });
    },
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: ['records', 'role'] });
      showToast({ tone: 'success', text: t('people.saved') });
      void navigate(`/roles/${saved.id}`, { replace: true });
    },
  });
  const errors = save.error ? errorsByField(asProblem(save.error)) : {};
  const noName = tried && name.trim() === '' ? t('roles.needs_name') : undefined;
  const noReason = tried && regranted && reason.trim() === '' ? t('roles.needs_reason') : undefined;
  const placed = errors.name ?? errors.rights ?? errors.reason;
  const editable = record ? record.can.includes('update') : object?.rights.create === true;
  return (
    <Page title={record ? asText(record.fields.name) : t('roles.new')} above={<Back />}>
      <Panel>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (name.trim() !== '' && (!regranted || reason.trim() !== '')) save.mutate();
          }}
        >
          {save.error && placed === undefined && <FailedLine error={save.error} />}
          <TextRow
            label={t('roles.name')} value={name} error={noName ?? errors.name} onChange={setName}
          />
          <TextRow
            label={t('roles.remarks')} value={remarks} error={errors.remarks}
            onChange={setRemarks}
          />
          {regranted && (
            <TextRow
              label={t('roles.reason')} value={reason} error={noReason ?? errors.reason}
              onChange={setReason}
            />
          )}
          {errors.rights && <span className={styles.error} role="alert">{errors.rights}</span>}
          {editable && <Save busy={save.isPending} />}
        </form>
      </Panel>
      <Panel flush><Matrix role={rights} onChange={editable ? setRights : null} /></Panel>
      <Preview roleKey={record?.id ?? ''} role={rights} />
    </Page>
  );
}

function Save({ busy }: Readonly<{ busy: boolean }>) {
  const { t } = useText();
  return (
    <div className={styles.actions}>
      <Button type="primary" htmlType="submit" loading={busy}>{t('action.save')}</Button>
    </div>
  );
}

function TextRow({ label, value, error, onChange }: Readonly<{
  label: string; value: string; error: string | undefined; onChange: (text: string) => void;
}>) {
  return (
    <label className={styles.field}>
      <span className={styles.label}>{label}</span>
      <Input
        value={value} status={error === undefined ? '' : 'error'}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
    </label>
  );
}
