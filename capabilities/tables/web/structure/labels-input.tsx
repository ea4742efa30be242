import { Input } from 'antd';
import type { Labels } from '@/api/types';
import { useText } from '@/i18n/use-text';
import styles from './structure.module.css';

type Props = Readonly<{ value: Labels; autoFocus?: boolean; onChange: (labels: Labels) => void }>;

const LONGEST = 100;

/** A name in both languages; the second follows the first until it is written itself. */
export function LabelsInput({ value, autoFocus = false, onChange }: Props) {
  const { t } = useText();
  const follows = value.en === value['zh-CN'];
  return (
    <div className={styles.pair}>
      <Input
        autoFocus={autoFocus} aria-label={t('structure.label_zh')} maxLength={LONGEST}
        placeholder={t('structure.label_zh')} value={value['zh-CN']}
        onChange={(event) => {
          const text = event.target.value;
          onChange({ 'zh-CN': text, en: follows ? text : value.en });
        }}
      />
      <Input
        aria-label={t('structure.label_en')} placeholder={t('structure.label_en')}
        value={value.en} maxLength={LONGEST}
        onChange={(event) => {
          onChange({ ...value, en: event.target.value });
        }}
      />
    </div>
  );
}
