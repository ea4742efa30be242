import { Button, Dropdown, Input } from 'antd';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import type { Option } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { apiNameOf } from './structure-api';
import { OPTION_COLOURS } from './types';
import styles from './structure.module.css';

type Props = Readonly<{
  options: readonly Option[]; onChange: (options: readonly Option[]) => void;
}>;

/** The options of a choice: their names, colours and order. */
export function OptionsInput({ options, onChange }: Props) {
  const { t } = useText();
  const replace = (at: number, next: Option | null) => {
    onChange(options.flatMap((one, here) => (here !== at ? [one] : next ? [next] : [])));
  };
  const swap = (at: number, other: number) => {
    const [one, two] = [options[at], options[other]];
    if (!one || !two) return;
    onChange(options.map((option, here) => (here === at ? two : here === other ? one : option)));
  };
  return (
    <div className={styles.options}>
      {options.map((option, at) => (
        <OptionLine
          key={option.key} option={option} first={at === 0} last={at === options.length - 1}
          onChange={(next) => {
            replace(at, next);
          }}
          onMove={(step) => {
            swap(at, at + step);
          }}
        />
      ))}
      <Button
        type="text" size="small" icon={<Plus size={14} />}
        onClick={() => {
          const color = OPTION_COLOURS[options.length % OPTION_COLOURS.length];
          const label = { 'zh-CN': '', en: '' };
          onChange([...options, { key: apiNameOf(label, 'o'), label, color }]);
        }}
      >
        {t('structure.add_option')}
      </Button>
    </div>
  );
}

type LineProps = Readonly<{
  option: Option; first: boolean; last: boolean;
  onChange: (option: Option | null) => void; onMove: (step: number) => void;
}>;

function OptionLine({ option, first, last, onChange, onMove }: LineProps) {
  const { t } = useText();
  const rename = (text: string) => {
    const follows = option.label.en === option.label['zh-CN'];
    const label = { 'zh-CN': text, en: follows ? text : option.label.en };
    onChange({ ...option, label });
  };
  return (
    <div className={styles.option}>
      <Dropdown
        trigger={['click']}
        menu={{
          items: OPTION_COLOURS.map((colour) => ({
            key: colour, label: <Swatch colour={colour} />,
          })),
          onClick: ({ key }) => {
            onChange({ ...option, color: key });
          },
        }}
      >
        <Button type="text" size="small" aria-label={t('structure.colour')}>
          <Swatch colour={option.color ?? 'grey'} />
        </Button>
      </Dropdown>
      <Input
        size="small" aria-label={t('structure.option')} value={option.label['zh-CN']}
        onChange={(event) => {
          rename(event.target.value);
        }}
      />
      <Input
        size="small" aria-label={t('structure.label_en')} value={option.label.en}
        onChange={(event) => {
          onChange({ ...option, label: { ...option.label, en: event.target.value } });
        }}
      />
      <Button
        type="text" size="small" icon={<ArrowUp size={13} />} disabled={first}
        aria-label={t('structure.up')}
        onClick={() => {
          onMove(-1);
        }}
      />
      <Button
        type="text" size="small" icon={<ArrowDown size={13} />} disabled={last}
        aria-label={t('structure.down')}
        onClick={() => {
          onMove(1);
        }}
      />
      <Button
        type="text" size="small" icon={<X size={13} />} aria-label={t('filter.remove')}
        onClick={() => {
          onChange(null);
        }}
      />
    </div>
  );
}

function Swatch({ colour }: Readonly<{ colour: string }>) {
  return <i className={styles.swatch} style={{ background: `var(--tag-${colour})` }} />;
}
