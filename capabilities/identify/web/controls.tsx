import { Button, DatePicker, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import { RotateCcw, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '@/i18n/use-text';
import { addDays } from '@/lib/dates';
import { Definition } from '@/ui/definition';
import { useNarrow } from '@/ui/use-narrow';
import { useUrlState } from '@/ui/url-state';
import { MEASURE_LABELS, TAX_LABELS } from './measure-text';
import { PRESETS, presetOf, presetWindow } from './periods';
import type { DataRange, Preset } from './periods';
import { COMPARISONS, isMoney, MEASURES } from './ranking-state';
import type { AbcDefaults, Comparison, RankingState } from './ranking-state';
import styles from './abc.module.css';

const PRESET_LABELS: Readonly<Record<Preset, string>> = {
  last_12_months: 'identify.period.last_12_months',
  this_year: 'identify.period.this_year',
  last_year: 'identify.period.last_year',
  all: 'identify.period.all',
};
const COMPARISON_LABELS: Readonly<Record<Comparison, string>> = {
  none: 'identify.compare.none',
  previous: 'identify.compare.previous',
  year: 'identify.compare.year',
};
const HALF_LIVES = [90, 180, 365] as const;
const EIGHTY = { a: 0.8, b: 0.95 } as const;

type Props = Readonly<{ state: RankingState; range: DataRange; defaults: AbcDefaults }>;

function Control({ label, help, children }: { label: string; help?: string; children: ReactNode }) {
  return (
    <div className={styles.control}>
      <span className={styles.controlLabel}>
        {label}
        {help !== undefined && <Definition of={label} text={help} />}
      </span>
      {children}
    </div>
  );
}

function Period({ state, range }: Props) {
  const { t } = useText();
  const [, change] = useUrlState();
  const preset = presetOf(state, range);
  return (
    <Control label={t('identify.period')}>
      <div className={styles.together}>
        <Select<Preset | 'own'>
          aria-label={t('identify.period')}
          className={styles.preset}
          value={preset ?? 'own'}
          options={[
            ...PRESETS.map((value) => ({ value, label: t(PRESET_LABELS[value]) })),
            ...(preset ? [] : [{ value: 'own' as const, label: t('identify.period.own') }]),
          ]}
          onChange={(value) => {
            if (value !== 'own') change({ ...presetWindow(value, range), sel: null });
          }}
        />
        <DatePicker.RangePicker
          aria-label={t('identify.period')}
          allowClear={false}
          value={[dayjs(state.from), dayjs(addDays(state.to, -1))]}
          onChange={(days) => {
            const [first, last] = days ?? [];
            if (!first || !last) return;
            const to = addDays(last.format('YYYY-MM-DD'), 1);
            change({ from: first.format('YYYY-MM-DD'), to, sel: null });
          }}
        />
      </div>
    </Control>
  );
}

/** What is ranked, over which days, in which basis, cut where. All of it is in the address. */
export function Controls(props: Props) {
  const { t } = useText();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.controls}>
      <Period {...props} />
      {narrow && (
        <Button
          icon={<SlidersHorizontal size={14} aria-hidden />}
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {t('identify.more_controls')}
        </Button>
      )}
      {(open || !narrow) && <Basis {...props} />}
      {(open || !narrow) && <Cuts {...props} />}
    </div>
  );
}

function Basis({ state }: Props) {
  const { t } = useText();
  const [, change] = useUrlState();
  return (
    <>
      <Control label={t('identify.measure')} help={t('identify.measure_help')}>
        <Select
          aria-label={t('identify.measure')}
          className={styles.measure}
          value={state.measure}
          options={MEASURES.map((value) => ({ value, label: t(MEASURE_LABELS[value]) }))}
          onChange={(measure) => {
            change({ measure, sel: null });
          }}
        />
      </Control>
      <Control label={t('identify.compare')}>
        <Select
          aria-label={t('identify.compare')}
          className={styles.preset}
          value={state.compare}
          options={COMPARISONS.map((value) => ({ value, label: t(COMPARISON_LABELS[value]) }))}
          onChange={(compare) => {
            change({ compare: compare === 'none' ? null : compare });
          }}
        />
      </Control>
      {isMoney(state.measure) && (
        <Control label={t('identify.tax')} help={t('identify.tax_help')}>
          <Segmented
            value={state.tax}
            options={(['exclusive', 'inclusive'] as const).map((value) => ({
              value, label: t(TAX_LABELS[value]),
            }))}
            onChange={(tax) => {
              change({ tax: tax === 'exclusive' ? null : tax });
            }}
          />
        </Control>
      )}
      <Control label={t('identify.half_life')} help={t('identify.half_life_help')}>
        <Select
          aria-label={t('identify.half_life')}
          className={styles.preset}
          value={state.halfLife ?? 0}
          options={[
            { value: 0, label: t('identify.half_life.none') },
            ...HALF_LIVES.map((days) => ({
              value: days, label: t('identify.half_life.days', { n: days }),
            })),
          ]}
          onChange={(days) => {
            change({ half_life: days === 0 ? null : String(days), sel: null });
          }}
        />
      </Control>
    </>
  );
}

function Cuts({ state, defaults }: Props) {
  const { t } = useText();
  const [, change] = useUrlState();
  const isEighty = state.a === EIGHTY.a && state.b === EIGHTY.b;
  const isDefault = state.a === defaults.a && state.b === defaults.b;
  const percent = (share: number) => String(Math.round(share * 100));
  const parts = [defaults.a, defaults.b - defaults.a, 1 - defaults.b].map(percent).join('/');
  return (
    <>
      <Control label={t('identify.convention')} help={t('identify.convention_help')}>
        <Segmented
          value={state.convention}
          options={[
            { value: 'before', label: t('identify.convention.before') },
            { value: 'after', label: t('identify.convention.after') },
          ]}
          onChange={(convention) => {
            change({ convention: convention === defaults.convention ? null : String(convention) });
          }}
        />
      </Control>
      <Control label={t('identify.cuts')}>
        <div className={styles.together}>
          <Button
            type={isEighty ? 'primary' : 'default'}
            ghost={isEighty}
            onClick={() => {
              change({ a: String(EIGHTY.a), b: String(EIGHTY.b) });
            }}
          >
            80/15/5
          </Button>
          <Button
            type={isDefault ? 'primary' : 'default'}
            ghost={isDefault}
            icon={isDefault ? undefined : <RotateCcw size={13} aria-hidden />}
            onClick={() => {
              change({ a: null, b: null });
            }}
          >
            {parts}
          </Button>
        </div>
      </Control>
    </>
  );
}
