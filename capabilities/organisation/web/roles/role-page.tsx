import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Copy, FileQuestion, Lock } from 'lucide-react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { labelOf, useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, PageSkeleton } from '@/ui/states';
import { ownRolesQuery } from '../people/people-api';
import { AuditRight } from './audit-right';
import { Back } from './back';
import { Matrix } from './matrix';
import { Preview } from './preview';
import { readRights } from './rights';
import type { RoleRights } from './rights';
import { RoleEditor } from './role-editor';
import { shippedRole } from './shipped';

const EMPTY: RoleRights = { administrator: false, objects: {} };

/** One role: of the product to read and copy, of the workspace to change. */
export default function RolePage() {
  const { t, language } = useText();
  const navigate = useNavigate();
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
          <Button
            icon={<Copy size={14} aria-hidden />}
            onClick={() => void navigate(`/roles/new?from=${key}`)}
          >
            {t('roles.copy')}
          </Button>
        )}
      >
        {shipped.rights.administrator ? <Panel>{t('roles.is_administrator')}</Panel>
          : (
            <>
              <Panel flush><Matrix role={shipped.rights} onChange={null} /></Panel>
              <AuditRight rights={shipped.rights} onChange={null} />
            </>
          )}
        <Preview roleKey={key} role={shipped.rights} />
      </Page>
    );
  }
  if (key === 'new') {
    const from = shippedRole(params.get('from') ?? '')?.rights ?? EMPTY;
    return <RoleEditor key={params.get('from') ?? ''} record={null} stored={from} />;
  }
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const record = found.data.find((one) => one.id === key);
  const stored = record && readRights(record.fields.rights);
  if (!record || !stored) {
    const text = t(record ? 'roles.unreadable' : 'state.not_found_text');
    return <Notice icon={FileQuestion} title={t('state.not_found')} text={text} />;
  }
  return <RoleEditor key={`${key} ${record.version}`} record={record} stored={stored} />;
}
