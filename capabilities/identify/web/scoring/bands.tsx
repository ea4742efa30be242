import { Button, Input, Select } from 'antd';
import { Plus, X } from 'lucide-react';
import { optionLabel } from '@/api/meta';
import type { FieldError } from '@/api/types';
import {
  bandLabel, choosesOptions, errorAt, kindOf, optionsOf, withBand, withBorder, withoutBand,
} from './model';
import type { Band, Criterion } from './model';
import { useWords } from './use-words';
import styles from './scoring.module.css';

type Props = Readonly<{
  criterion: Criterion; errors: readonly FieldError[]; here: string;
  onChange: (criterion: Criterion) => void;
}>;

const UNITS = { money: 'scoring.unit_money', ratio: 'scoring.unit_ratio', number: '' } as const;

/** Which values give how many points. Borders are shared, so that no value is without points. */
export function Bands({ criterion, errors, here, onChange }: Props) {
  const { t, account } = useWords();
  const { bands } = criterion;
  const chooses = choosesOptions(criterion, account);
  const unit = chooses ? '' : UNITS[kindOf(criterion, account)];
  const set = (next: readonly Band[]) => {
    onChange({ ...criterion, bands: next });
  };
  const more = () => {
    const last = bands[bands.length - 1] ?? { points: '0' };
    set(chooses ? [...bands.slice(0, -1), { in: [], points: last.points }, last] : withBand(bands));
  };
  return (
    <div className={styles.bands}>
      {bands.map((_, place) => (
        <Line
          // A band is known by its place alone.
          key={place} criterion={criterion} place={place}
          error={errorAt(errors, `${here}/${place}`)} set={set}
        />
      ))}
      <div className={styles.bandFoot}>
        <Button size="small" type="text" icon={<Plus size={14} aria-hidden />} onClick={more}>
          {t('scoring.add_band')}
        </Button>
        {unit !== '' && <span className="faint">{t(unit)}</span>}
      </div>
    </div>
  );
}

function Line({ criterion, place, error, set }: Readonly<{
  criterion: Criterion; place: number; error: string | undefined;
  set: (bands: readonly Band[]) => void;
}>) {
  const words = useWords();
  const { t, account } = words;
  const { bands } = criterion;
  const chooses = choosesOptions(criterion, account);
  const last = place === bands.length - 1;
  const label = bandLabel(criterion, place, words);
  const status = error === undefined ? '' : 'error';
  const change = (part: Partial<Band>) => {
    set(bands.map((one, at) => (at === place ? { ...one, ...part } : one)));
  };
  return (
    <div className={styles.band}>
      <span className={styles.bandName}>
        {chooses && !last ? (
          <Choices
            criterion={criterion} place={place}
            onChange={(keys) => {
              change({ in: keys });
            }}
          />
        ) : label}
      </span>
      {!chooses && (last ? <span /> : (
        <Input
          size="small" inputMode="decimal" value={String(bands[place]?.to ?? '')} status={status}
          aria-label={t('scoring.border_of', { band: place + 1 })}
          onChange={(event) => {
            set(withBorder(bands, place, event.target.value));
          }}
        />
      ))}
      <Input
        size="small" inputMode="decimal" value={String(bands[place]?.points ?? '')}
        suffix={<span className="faint">{t('scoring.points')}</span>} status={status}
        aria-label={t('scoring.points_of', { band: label })}
        onChange={(event) => {
          change({ points: event.target.value });
        }}
      />
      <Button
        size="small" type="text" icon={<X size={14} aria-hidden />}
        aria-label={t('scoring.remove', { name: label })}
        disabled={bands.length < 2 || (chooses && last)}
        onClick={() => {
          set(chooses ? bands.filter((_, at) => at !== place) : withoutBand(bands, place));
        }}
      />
      {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
    </div>
  );
}

function Choices({ criterion, place, onChange }: Readonly<{
  criterion: Criterion; place: number; onChange: (keys: readonly string[]) => void;
}>) {
  const { t, language, account } = useWords();
  const taken = criterion.bands.flatMap((band, at) => (at === place ? [] : band.in ?? []));
  return (
    <Select
      mode="multiple" size="small" className={styles.choices} aria-label={t('scoring.choices')}
      showSearch={{ optionFilterProp: 'label' }}
      value={[...criterion.bands[place]?.in ?? []]}
      options={optionsOf(criterion, account).filter((one) => !taken.includes(one.key)).map(
        (one) => ({ value: one.key, label: optionLabel(one, language) }),
      )}
      onChange={onChange}
    />
  );
}
