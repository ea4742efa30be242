import { Select } from 'antd';
import { labelOf } from '@/api/meta';
import type { FieldMeta, ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import type { Section, When } from '@/records/layout';
import styles from './layout.module.css';

type Props = Readonly<{
  object: ObjectMeta; section: Section; onChange: (section: Section) => void;
}>;

const FOLDED = 'folded';
const BETWEEN = '/';

/** The options of one field; of two, those of the one chosen last. */
function whenOf(chosen: readonly string[]): When | undefined {
  const field = chosen.at(-1)?.split(BETWEEN)[0];
  if (field === undefined) return undefined;
  const own = chosen.filter((value) => value.startsWith(field + BETWEEN));
  return { field, options: own.map((value) => value.slice(field.length + 1)) };
}

/** For which records a section is open: all, those with some options, or none. */
export function WhenSelect({ object, section, onChange }: Props) {
  const { t, language } = useText();
  const fields = object.fields.filter(({ type }) => type === 'select');
  const optionsOf = (field: FieldMeta) => (field.options ?? []).map(({ key, label }) => ({
    value: field.api_name + BETWEEN + key, label: labelOf(label, language, key),
  }));
  const { when } = section;
  // What is said of all but some options is shown as the options that are left.
  const held = (field: FieldMeta) => (field.options ?? []).map(({ key }) => key)
    .filter((key) => when?.options.includes(key) !== (when?.not ?? false));
  const value = section.folded
    ? [FOLDED]
    : fields.filter(({ api_name }) => api_name === when?.field)
      .flatMap((field) => held(field).map((key) => field.api_name + BETWEEN + key));
  return (
    <Select
      mode="multiple" variant="borderless" maxTagCount="responsive"
      className={styles.when} aria-label={t('layout.when')} placeholder={t('layout.always')}
      optionFilterProp="label" value={value}
      options={[
        { value: FOLDED, label: t('layout.folded') },
        ...fields.map((field) => ({
          label: labelOf(field.label, language, field.api_name), options: optionsOf(field),
        })),
      ]}
      onChange={(chosen: string[]) => {
        const { title, fields: names } = section;
        if (chosen.at(-1) === FOLDED) {
          onChange({ title, fields: names, folded: true });
          return;
        }
        const next = whenOf(chosen.filter((one) => one !== FOLDED));
        onChange(next ? { title, fields: names, when: next } : { title, fields: names });
      }}
    />
  );
}
