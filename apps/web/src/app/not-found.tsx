import { Button } from 'antd';
import { Compass } from 'lucide-react';
import { Link } from 'react-router';
import { useText } from '@/i18n/use-text';
import { Notice } from '@/ui/states';

export function NotFound() {
  const { t } = useText();
  return (
    <Notice icon={Compass} title={t('state.no_page')} text={t('state.no_page_text')}>
      <Link to="/"><Button type="primary">{t('state.to_start')}</Button></Link>
    </Notice>
  );
}
