import { Lock } from 'lucide-react';
import { useParams } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { RecordPage } from '@/records/record-page';
import { Notice } from '@/ui/states';

export default function AccountPage() {
  const { t } = useText();
  const { id = '' } = useParams();
  const object = useObjectMeta('account');
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  return <RecordPage key={id} object={object} id={id} />;
}
