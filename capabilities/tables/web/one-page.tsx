import { FileQuestion } from 'lucide-react';
import { useParams } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { RecordPage } from '@/records/record-page';
import { Notice } from '@/ui/states';

export default function OnePage() {
  const { t } = useText();
  const { object: name = '', id = '' } = useParams();
  const object = useObjectMeta(name);
  if (!object) {
    const text = t('state.not_found_text');
    return <Notice icon={FileQuestion} title={t('state.not_found')} text={text} />;
  }
  return <RecordPage key={`${name} ${id}`} object={object} id={id} />;
}
