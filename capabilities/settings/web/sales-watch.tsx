import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { InputNumber, Switch } from 'antd';
import { useState } from 'react';
import { useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { createRecord, patchRecord, recordQuery } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { exactAmount } from '@/lib/money';
import { Panel } from '@/ui/page';
import { SaveChanges } from '@/ui/save-changes';
import { Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import styles from './settings.module.css';

const WATCH = 'sales_watch';
const MOST_MONTHS = 24;
const MOST_PERCENT = 1000;
const HUNDRED = 100;

// The rule that was made first is the one that holds.
const watchQuery = recordQuery(WATCH, {
  select: ['name', 'months', 'threshold', 'minimum', 'active'],
  sort: [{ field: 'created_at', dir: 'asc' }], page: { limit: 1 },
});

type Rule = Readonly<{ months: number; percent: number; minimum: string; active: boolean }>;

function ruleOf(row: RecordRow | undefined): Rule {
  if (!row) return { months: 3, percent: 30, minimum: '', active: true };
  return {
    months: Number(row.fields.months ?? 3),
    percent: Math.round(Number(row.fields.threshold ?? 0.3) * HUNDRED),
    minimum: asText(row.fields.minimum), active: row.fields.active !== false,
  };
}

const fieldsOf = ({ months, percent, minimum, active }: Rule) => ({
  months, threshold: (percent / HUNDRED).toFixed(2), active,
  minimum: minimum === '' ? null : minimum,
});

/** Which change of sales wants a cause, said in words. */
export function SalesWatch() {
  const object = useObjectMeta(WATCH);
  const found = useQuery({ ...watchQuery, enabled: object !== undefined });
  if (!object) return null;
  if (found.isPending) return <TableSkeleton rows={2} columns={2} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const [row] = found.data.records;
  return <Form key={String(row?.version ?? 0)} row={row} />;
}

function useSave(row: RecordRow | undefined) {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rule: Rule) => (row
      ? patchRecord(WATCH, row.id, { fields: fieldsOf(rule), base: row.fields })
      : createRecord(WATCH, { name: t('settings.watch.title'), ...fieldsOf(rule) })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: watchQuery.queryKey });
      showToast({ tone: 'success', text: t('settings.saved') });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
}

function Form({ row }: Readonly<{ row: RecordRow | undefined }>) {
  const { t } = useText();
  const stored = ruleOf(row);
  const [rule, setRule] = useState(stored);
  const save = useSave(row);
  const change = (values: Partial<Rule>) => {
    setRule({ ...rule, ...values });
  };
  const changed = JSON.stringify(rule) !== JSON.stringify(stored);
  return (
    <Panel title={t('settings.watch.title')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(rule);
        }}
      >
        <Words rule={rule} />
        <label className={styles.field}>
          <span className={styles.label}>{t('settings.watch.active')}</span>
          <span>
            <Switch
              checked={rule.active}
              onChange={(active) => {
                change({ active });
              }}
            />
          </span>
        </label>
        <Figures rule={rule} onChange={change} />
        <SaveChanges
          changed={changed} busy={save.isPending}
          onDiscard={() => {
            setRule(stored);
          }}
        />
      </form>
    </Panel>
  );
}

/** The rule as a sentence. */
function Words({ rule }: Readonly<{ rule: Rule }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const { months, percent, minimum } = rule;
  if (!rule.active) return <p>{t('settings.watch.off')}</p>;
  const values = { months: String(months), percent: String(percent) };
  return (
    <p>
      {minimum === '' ? t('settings.watch.words', values) : t('settings.watch.words_minimum', {
        ...values, minimum: exactAmount(minimum, workspace.currency),
      })}
    </p>
  );
}

function Figures({ rule, onChange }: Readonly<{
  rule: Rule; onChange: (values: Partial<Rule>) => void;
}>) {
  const { t } = useText();
  return (
    <>
      <label className={styles.field}>
        <span className={styles.label}>{t('settings.watch.months')}</span>
        <InputNumber
          min={1} max={MOST_MONTHS} precision={0} value={rule.months}
          onChange={(months) => {
            if (months !== null) onChange({ months });
          }}
        />
      </label>
      <label className={styles.field}>
        <span className={styles.label}>{t('settings.watch.percent')}</span>
        <InputNumber
          min={1} max={MOST_PERCENT} precision={0} suffix="%" value={rule.percent}
          onChange={(percent) => {
            if (percent !== null) onChange({ percent });
          }}
        />
      </label>
      <label className={styles.field}>
        <span className={styles.label}>{t('settings.watch.minimum')}</span>
        <InputNumber<string>
          stringMode min="0" precision={2} value={rule.minimum === '' ? null : rule.minimum}
          onChange={(minimum) => {
            onChange({ minimum: minimum ?? '' });
          }}
        />
      </label>
    </>
  );
}
