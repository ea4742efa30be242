import { Button, Select } from 'antd';
import { Plus, X } from 'lucide-react';
import { fieldOf, labelOf } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import styles from '../toolbar/toolbar.module.css';
import type { MeasureFn, MeasureKey } from '../views/definition';
import { MEASURE_TEXTS } from '../views/measure-names';
import { measuresFor } from '../views/measure-text';

type Props = Readonly<{
  object: ObjectMeta; measures: readonly MeasureKey[]; most?: number; label?: string;
  onChange: (measures: readonly MeasureKey[]) => void;
}>;

const RECORDS = '';
const MOST_MEASURES = 6;

/** What is measured: how many records, or a function of a field. */
export function MeasureKeys(props: Props) {
  const { object, measures, most = MOST_MEASURES, label, onChange } = props;
  const { t, language } = useText();
  const fields = object.fields.filter((field) => field.sensitivity !== 'personal' && !field.many
    && measuresFor(field).length > 1);
  const replace = (at: number, next: MeasureKey | null) => {
    onChange(measures.flatMap((one, here) => (here !== at ? [one] : next ? [next] : [])));
  };
  return (
    <div className={styles.panel}>
      {measures.map((measure, at) => (
        <div key={at} className={styles.key}>
          <Select
            className={styles.keyField} aria-label={label ?? t('tables.field')} prefix={label}
            value={measure.field ?? RECORDS} showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: RECORDS, label: t('pivot.records') },
              ...fields.map((field) => ({
                value: field.api_name, label: labelOf(field.label, language, field.api_name),
              })),
            ]}
            onChange={(name) => {
              const fn = measuresFor(fieldOf(object, name))[0] ?? 'count';
              replace(at, name === RECORDS ? { fn: 'count' } : { fn, field: name });
            }}
          />
          {measure.field && (
            <Select<MeasureFn>
              className={styles.bucket} aria-label={t('tables.aggregate')} value={measure.fn}
              options={measuresFor(fieldOf(object, measure.field)).map((fn) => (
                { value: fn, label: t(MEASURE_TEXTS[fn]) }
              ))}
              onChange={(fn) => {
                replace(at, { ...measure, fn });
              }}
            />
          )}
          {measures.length > 1 && (
            <Button
              type="text" size="small" icon={<X size={14} />} aria-label={t('filter.remove')}
              onClick={() => {
                replace(at, null);
              }}
            />
          )}
        </div>
      ))}
      {measures.length < most && (
        <Button
          type="text" size="small" icon={<Plus size={14} />}
          onClick={() => {
            onChange([...measures, { fn: 'count' }]);
          }}
        >
          {t('pivot.add_measure')}
        </Button>
      )}
    </div>
  );
}
