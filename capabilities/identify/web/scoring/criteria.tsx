import { Button, Input, InputNumber, Select } from 'antd';
import { Trash2 } from 'lucide-react';
import { labelOf } from '@/api/meta';
import type { FieldError } from '@/api/types';
import { formatShare } from '@/lib/money';
import { Panel } from '@/ui/page';
import { Bands } from './bands';
import { Field } from './basics';
import type { PartProps } from './basics';
import {
  criterionLabel, errorAt, hasMonths, MEASURE_KEYS, MEASURES, monthsOf, newCriterion,
  scorableFields,
} from './model';
import type { Criterion, Missing } from './model';
import { useWords } from './use-words';
import styles from './scoring.module.css';

const HALF_LIFE_DAYS = 180;

/** What is looked at, how much it weighs and how many points which value gives. */
export function Criteria({ definition, errors, onChange }: PartProps) {
  const words = useWords();
  const { t, language, account } = words;
  const { criteria } = definition;
  const total = criteria.reduce((sum, one) => sum + (Number(one.weight) || 0), 0);
  const set = (next: readonly Criterion[]) => {
    onChange({ criteria: next });
  };
  const sources = [
    {
      label: t('scoring.measures'),
      options: MEASURES.map((value) => ({ value: value as string, label: t(MEASURE_KEYS[value]) })),
    },
    {
      label: t('scoring.fields'),
      options: (account ? scorableFields(account) : []).map((field) => (
        { value: field.api_name, label: labelOf(field.label, language, field.api_name) }
      )),
    },
  ];
  return (
    <>
      {criteria.map((criterion, place) => (
        <CriterionPanel
          key={criterion.key} criterion={criterion} place={place} errors={errors}
          share={total === 0 ? null : (Number(criterion.weight) || 0) / total}
          onRemove={criteria.length === 1 ? null : () => {
            set(criteria.filter((_, at) => at !== place));
          }}
          onChange={(next) => {
            set(criteria.map((one, at) => (at === place ? next : one)));
          }}
        />
      ))}
      <Select<string | null>
        className={styles.add} value={null} placeholder={t('scoring.add')}
        aria-label={t('scoring.add')} showSearch={{ optionFilterProp: 'label' }} options={sources}
        onChange={(source) => {
          if (source !== null && account) {
            set([...criteria, newCriterion(criteria, source, account)]);
          }
        }}
      />
    </>
  );
}

type CriterionProps = Readonly<{
  criterion: Criterion; place: number; errors: readonly FieldError[]; share: number | null;
  onRemove: (() => void) | null; onChange: (criterion: Criterion) => void;
}>;

function CriterionPanel(props: CriterionProps) {
  const { criterion, place, errors, share, onRemove, onChange } = props;
  const words = useWords();
  const { t } = words;
  const label = criterionLabel(criterion, words);
  const here = `/criteria/${place}`;
  const own = errors.find(({ pointer }) => (
    pointer === here || pointer === `${here}/bands` || pointer === `${here}/field`
    || pointer === `${here}/measure`
  ))?.message;
  return (
    <Panel
      title={label}
      tools={onRemove && (
        <Button
          size="small" type="text" icon={<Trash2 size={14} aria-hidden />}
          aria-label={t('scoring.remove', { name: label })} onClick={onRemove}
        />
      )}
    >
      <Parts
        criterion={criterion} errors={errors} here={here} share={share} onChange={onChange}
      />
      <Bands criterion={criterion} errors={errors} here={`${here}/bands`} onChange={onChange} />
      {own !== undefined && <span className={styles.error} role="alert">{own}</span>}
    </Panel>
  );
}

type PartsProps = Readonly<{
  criterion: Criterion; errors: readonly FieldError[]; here: string; share: number | null;
  onChange: (criterion: Criterion) => void;
}>;

function Parts({ criterion, errors, here, share, onChange }: PartsProps) {
  const { t } = useWords();
  return (
    <div className={styles.parts}>
      <Field
        label={t('scoring.weight')} id={`weight-${criterion.key}`}
        error={errorAt(errors, `${here}/weight`)}
      >
        <Input
          id={`weight-${criterion.key}`} inputMode="decimal" value={String(criterion.weight)}
          suffix={<span className="faint">{formatShare(share, 0)}</span>}
          onChange={(event) => {
            onChange({ ...criterion, weight: event.target.value });
          }}
        />
      </Field>
      {hasMonths(criterion) && (
        <Field
          label={t('scoring.months')} id={`months-${criterion.key}`}
          error={errorAt(errors, `${here}/months`)}
        >
          <InputNumber
            id={`months-${criterion.key}`} min={1} max={120} precision={0}
            value={monthsOf(criterion)}
            onChange={(months) => {
              if (months !== null) onChange({ ...criterion, months });
            }}
          />
        </Field>
      )}
      {criterion.measure === 'decayed_value' && (
        <Field
          label={t('scoring.half_life')} id={`half-life-${criterion.key}`}
          error={errorAt(errors, `${here}/half_life_days`)}
        >
          <InputNumber
            id={`half-life-${criterion.key}`} min={1} max={36_500} precision={0}
            value={criterion.half_life_days ?? HALF_LIFE_DAYS}
            onChange={(half_life_days) => {
              if (half_life_days !== null) onChange({ ...criterion, half_life_days });
            }}
          />
        </Field>
      )}
      <Field label={t('scoring.missing')} id={`missing-${criterion.key}`}>
        <Select<Missing | 'by_kind'>
          id={`missing-${criterion.key}`} value={criterion.missing ?? 'by_kind'}
          popupMatchSelectWidth={false}
          options={[
            { value: 'by_kind', label: t('scoring.missing_by_kind') },
            { value: 'zero', label: t('scoring.missing_zero') },
            { value: 'leave_out', label: t('scoring.missing_leave_out') },
          ]}
          onChange={(missing) => {
            const { missing: before, ...rest } = criterion;
            if (missing !== before) onChange(missing === 'by_kind' ? rest : { ...rest, missing });
          }}
        />
      </Field>
    </div>
  );
}
