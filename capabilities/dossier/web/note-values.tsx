import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber, Modal, Select } from 'antd';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { labelOf, useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { patchRecord } from '@/api/records';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { showToast } from '@/ui/toast';
import type { AnnualReport, AnnualReportsView } from './annual-report-api';
import { annualReportsQuery } from './annual-report-api';
import styles from './dossier.module.css';

type Row = Readonly<{ key: number; place: string; value: string; page: number | null }>;

const EMPTY = { place: '', value: '', page: null };

function useFieldChoices(report: AnnualReport, fields: AnnualReportsView['fields']) {
  const { t, language } = useText();
  const { objects } = useMeta();
  return fields.map(({ object, fields: names }) => ({
    label: object === 'account'
      ? t('dossier.report_card') : t('dossier.report_year', { year: String(report.year) }),
    options: names.flatMap((name) => {
      const field = objects.find(({ api_name }) => api_name === object)
        ?.fields.find(({ api_name }) => api_name === name);
      return field
        ? [{ value: `${object}.${name}`, label: labelOf(field.label, language, name) }] : [];
    }),
  }));
}

/** What somebody reads in a report, value by value with the page. */
export function NoteValues({ account, report, fields, onClose }: Readonly<{
  account: string; report: AnnualReport; fields: AnnualReportsView['fields'];
  onClose: () => void;
}>) {
  const { t } = useText();
  const client = useQueryClient();
  const [rows, setRows] = useState<readonly Row[]>(() => [
    ...report.noted.map((one, key) => ({
      key, place: `${one.object}.${one.field}`, value: asText(one.value), page: one.page,
    })),
    ...(report.noted.length === 0 ? [{ key: 0, ...EMPTY }] : []),
  ]);
  const choices = useFieldChoices(report, fields);
  const save = useMutation({
    mutationFn: () => patchRecord('annual_report', report.id, {
      fields: {
        noted: rows.filter(({ place }) => place !== '').map(({ place, value, page }) => {
          const [object, field] = place.split('.');
          return { object, field, value, page };
        }),
      },
      base: { noted: report.noted.length === 0 ? null : report.noted },
    }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: annualReportsQuery(account).queryKey });
      showToast({ tone: 'success', text: t('dossier.report_noted') });
      onClose();
    },
  });
  const change = (key: number, part: Partial<Row>) => {
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  };
  return (
    <Modal
      open width="min(720px, 96vw)" title={t('dossier.report_of', { year: String(report.year) })}
      okText={t('action.save')} cancelText={t('action.cancel')} onCancel={onClose}
      confirmLoading={save.isPending}
      onOk={() => {
        save.mutate();
      }}
    >
      <div className={styles.quick}>
        <p className="faint">{t('dossier.report_hint')}</p>
        {save.isError && (
          <p role="alert" className={styles.problem}>{problemText(asProblem(save.error), t)}</p>
        )}
        {rows.map((row) => (
          <NotedRow
            key={row.key} row={row} choices={choices} onChange={change}
            onRemove={() => {
              setRows(rows.filter((one) => one !== row));
            }}
          />
        ))}
        <Button
          icon={<Plus size={15} aria-hidden />}
          onClick={() => {
            setRows([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, ...EMPTY }]);
          }}
        >
          {t('dossier.report_more')}
        </Button>
      </div>
    </Modal>
  );
}

function NotedRow({ row, choices, onChange, onRemove }: Readonly<{
  row: Row; choices: ReturnType<typeof useFieldChoices>;
  onChange: (key: number, part: Partial<Row>) => void; onRemove: () => void;
}>) {
  const { t } = useText();
  return (
    <div className={styles.noted}>
      <Select
        showSearch optionFilterProp="label" options={choices} aria-label={t('dossier.report_field')}
        placeholder={t('dossier.report_field')} value={row.place === '' ? null : row.place}
        onChange={(place: string) => {
          onChange(row.key, { place });
        }}
      />
      <Input
        aria-label={t('dossier.report_value')} placeholder={t('dossier.report_value')}
        value={row.value}
        onChange={(event) => {
          onChange(row.key, { value: event.target.value });
        }}
      />
      <InputNumber
        min={1} precision={0} style={{ width: '100%' }} aria-label={t('dossier.report_page')}
        placeholder={t('dossier.report_page')} value={row.page}
        onChange={(page) => {
          onChange(row.key, { page });
        }}
      />
      <Button
        type="text" icon={<X size={15} aria-hidden />} aria-label={t('dossier.report_remove')}
        onClick={onRemove}
      />
    </div>
  );
}
