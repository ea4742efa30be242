import { Modal } from 'antd';
import { useText } from '@/i18n/use-text';
import { navigation } from './features';
import { MODIFIER } from './shortcuts';
import styles from './palette.module.css';

export default function ShortcutHelp({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t } = useText();
  const rows: readonly (readonly [readonly string[], string])[] = [
    [[MODIFIER, 'K'], t('shortcut.palette')],
    [['/'], t('shortcut.palette')],
    [['?'], t('shortcut.help')],
    ...navigation.map((entry, index) => [['g', String(index + 1)], t(entry.label)] as const),
    [['Esc'], t('shortcut.close')],
    [[MODIFIER, 'Enter'], t('shortcut.save')],
    [['←', '→', '↑', '↓'], t('shortcut.threshold')],
  ];
  return (
    <Modal open title={t('shortcut.title')} footer={null} onCancel={onClose} width={420}>
      <dl className={styles.shortcuts}>
        {rows.map(([keys, label]) => (
          <div key={keys.join(' ')} className={styles.shortcut}>
            <dt>{label}</dt>
            <dd>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
