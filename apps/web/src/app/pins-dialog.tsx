import { Button, Modal, Select } from 'antd';
import { labelOf, useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { MOST_PINS, readableNouns } from './nouns';
import { usePins } from './use-pins';
import styles from './sidebar.module.css';

/** Which tables stand in the navigation: every change is seen in it at once. */
export default function PinsDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t, language } = useText();
  const { nouns, own, choose } = usePins();
  const options = readableNouns(useMeta()).map((object) => ({
    value: object.api_name, label: labelOf(object.label, language, object.api_name),
  }));
  return (
    <Modal
      open title={t('nav.pin')} onCancel={onClose} width={460}
      footer={(
        <>
          <Button
            disabled={!own}
            onClick={() => {
              choose(undefined);
            }}
          >
            {t('nav.pin_reset')}
          </Button>
          <Button type="primary" onClick={onClose}>{t('action.close')}</Button>
        </>
      )}
    >
      <label htmlFor="pins" className={styles.hint}>
        {t('nav.pin_hint', { limit: String(MOST_PINS) })}
      </label>
      <Select
        id="pins" mode="multiple" className={styles.pins} maxCount={MOST_PINS}
        showSearch={{ optionFilterProp: 'label' }} options={options}
        value={nouns.map((object) => object.api_name)}
        onChange={(names) => {
          choose(names);
        }}
      />
    </Modal>
  );
}
