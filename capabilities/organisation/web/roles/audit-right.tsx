import { Checkbox } from 'antd';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { withAudit } from './rights';
import type { RoleRights } from './rights';

/** What is no object: whether the role reads the audit log; without `onChange` to read. */
export function AuditRight({ rights, onChange }: Readonly<{
  rights: RoleRights; onChange: ((rights: RoleRights) => void) | null;
}>) {
  const { t } = useText();
  return (
    <Panel>
      <Checkbox
        checked={rights.audit === true} disabled={onChange === null}
        onChange={(event) => {
          onChange?.(withAudit(rights, event.target.checked));
        }}
      >
        {t('roles.audit')}
      </Checkbox>
      <div className="faint">{t('roles.audit_text')}</div>
    </Panel>
  );
}
