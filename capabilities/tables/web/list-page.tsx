import { FileQuestion } from 'lucide-react';
import { Navigate, useParams } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { RecordList } from '@/records/record-list';
import { listPath } from '@/records/record-path';
import { Notice } from '@/ui/states';

export default function ListPage() {
  const { t } = useText();
  const { object: name = '' } = useParams();
  const object = useObjectMeta(name);
  if (!object) {
    const text = t('state.not_found_text');
    return <Notice icon={FileQuestion} title={t('state.not_found')} text={text} />;
  }
  const own = listPath(name);
  if (own !== `/records/${name}`) return <Navigate to={own} replace />;
  return <RecordList key={name} object={object} />;
}
