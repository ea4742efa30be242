import { Button } from 'antd';
import { Lock } from 'lucide-react';
import { useNavigate } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { RecordList } from '@/records/record-list';
import { Notice } from '@/ui/states';

export default function AccountsPage() {
  const { t } = useText();
  const navigate = useNavigate();
  const object = useObjectMeta('account');
  if (!object?.rights.read) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const importFile = object.rights.import && (
    <Button type="primary" onClick={() => void navigate('/import')}>{t('accounts.import')}</Button>
  );
  return (
    <RecordList object={object} title={t('accounts.title')} emptyAction={importFile || undefined} />
  );
}
