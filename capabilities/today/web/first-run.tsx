import { Button } from 'antd';
import { ChartColumnDecreasing, FileSpreadsheet, ListChecks } from 'lucide-react';
import { useNavigate } from 'react-router';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import styles from './today.module.css';

/** Three steps from an empty workspace to the list of key accounts. */
export function FirstRun() {
  const { t } = useText();
  const navigate = useNavigate();
  const steps = [
    { icon: FileSpreadsheet, title: t('today.step1'), text: t('today.step1_text') },
    { icon: ListChecks, title: t('today.step2'), text: t('today.step2_text') },
    { icon: ChartColumnDecreasing, title: t('today.step3'), text: t('today.step3_text') },
  ];
  return (
    <Panel>
      <div className={styles.guide}>
        <h2 className={styles.guideTitle}>{t('today.guide')}</h2>
        <p className={styles.guideText}>{t('today.guide_text')}</p>
        <ol className={styles.steps}>
          {steps.map(({ icon: Icon, title, text }) => (
            <li key={title} className={styles.step}>
              <Icon size={18} strokeWidth={1.7} className={styles.stepIcon} aria-hidden />
              <b>{title}</b>
              <span className="faint">{text}</span>
            </li>
          ))}
        </ol>
        <Button type="primary" size="large" onClick={() => void navigate('/import')}>
          {t('today.start')}
        </Button>
      </div>
    </Panel>
  );
}
