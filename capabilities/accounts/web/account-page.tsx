import { Button } from 'antd';
import { Gauge, Lock } from 'lucide-react';
import { useNavigate, useParams } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { RecordPage } from '@/records/record-page';
import { Notice } from '@/ui/states';

export default function AccountPage() {
  const { t } = useText();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const object = useObjectMeta('account');
  const scored = useObjectMeta('score_result') !== undefined;
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  return (
    <RecordPage
      key={id} object={object} id={id}
      more={scored && (
        <Button
          icon={<Gauge size={15} aria-hidden />}
          onClick={() => void navigate(`/scoring/accounts/${id}`)}
        >
          {t('accounts.score')}
        </Button>
      )}
    />
  );
}
