import { Select, Table } from 'antd';
import type { TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { labelOf, useMeta } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import type { Language } from '@/i18n/language';
import type { ImportColumn, ImportJob, Missing } from '@/imports/import-api';
import { choiceFor, fieldGroups, linkKeys, linkTarget } from './mapping-state';
import type { ColumnChoice, MappingState } from './mapping-state';
import styles from './imports.module.css';

const SAMPLES = 3;
const MISSING_LABELS: Readonly<Record<Missing, string>> = {
  create: 'imports.missing.create', error: 'imports.missing.error', null: 'imports.missing.null',
};

type Props = Readonly<{
  job: ImportJob; state: MappingState; object: ObjectMeta; onChange: (next: MappingState) => void;
}>;

function useFieldOptions(object: ObjectMeta, language: Language) {
  const { objects } = useMeta();
  return useMemo(() => fieldGroups(object, objects).map(({ label, via, fields }) => ({
    label: labelOf(label, language),
    title: labelOf(label, language),
    options: fields.map((field) => {
      const name = labelOf(field.label, language, field.api_name);
      return via
        ? {
          value: `${via.api_name}.${field.api_name}`,
          label: `${labelOf(via.label, language, via.api_name)} · ${name}`,
        }
        : { value: field.api_name, label: field.required ? `${name} *` : name };
    }),
  })), [object, objects, language]);
}

/** One row for each column of the file: its samples, what it becomes, how links are found. */
export function MappingTable({ job, state, object, onChange }: Props) {
  const { t, language } = useText();
  const { objects } = useMeta();
  const options = useFieldOptions(object, language);
  const set = (column: string, choice: ColumnChoice | null) => {
    onChange({ ...state, columns: { ...state.columns, [column]: choice } });
  };
  const columns: TableColumnsType<ImportColumn> = [
    { title: t('imports.column.name'), width: 180, ellipsis: true,
      render: (_, column) => <b className={styles.columnName}>{column.name}</b> },
    { title: t('imports.column.samples'), width: 240, ellipsis: true,
      render: (_, column) => (
        <span className="faint" title={column.samples.join('\n')}>
          {column.samples.slice(0, SAMPLES).join(' · ') || '—'}
        </span>
      ) },
    { title: t('imports.column.field'), width: 240,
      render: (_, column) => (
        <Select
          aria-label={t('imports.field_for', { column: column.name })}
          className={styles.fill}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('imports.left_out')}
          value={state.columns[column.name]?.field}
          options={options}
          onChange={(field: string | undefined) => {
            set(column.name, field ? choiceFor(field, object, objects) : null);
          }}
        />
      ) },
    { title: t('imports.column.link'), width: 330,
      render: (_, column) => (
        <LinkChoice
          object={object}
          column={column.name}
          choice={state.columns[column.name] ?? null}
          onChange={(choice) => {
            set(column.name, choice);
          }}
        />
      ) },
  ];
  return (
    <Table<ImportColumn>
      size="small" rowKey="name" tableLayout="fixed" scroll={{ x: 990 }} pagination={false}
      className={styles.mapping} columns={columns} dataSource={job.columns ?? []}
    />
  );
}

type LinkProps = Readonly<{
  object: ObjectMeta; column: string; choice: ColumnChoice | null;
  onChange: (choice: ColumnChoice) => void;
}>;

/** How a linked record is found, and what happens when there is none. */
function LinkChoice({ object, column, choice, onChange }: LinkProps) {
  const { t, language } = useText();
  const { objects } = useMeta();
  const field = object.fields.find((one) => one.api_name === choice?.field);
  const target = objects.find((one) => one.api_name === linkTarget(field));
  if (!choice || !target) return null;
  return (
    <div className={styles.link}>
      <Select
        aria-label={t('imports.link_by', { column })}
        className={styles.linkBy}
        value={choice.link_by}
        options={linkKeys(target).map((key) => ({
          value: key.api_name,
          label: t('imports.by', { field: labelOf(key.label, language, key.api_name) }),
        }))}
        onChange={(link_by: string) => {
          onChange({ ...choice, link_by });
        }}
      />
      <Select<Missing>
        aria-label={t('imports.missing', { column })}
        className={styles.linkMissing}
        value={choice.missing ?? 'error'}
        options={(['create', 'error', 'null'] as const)
          .filter((value) => value !== 'create' || target.rights.create)
          .map((value) => ({ value, label: t(MISSING_LABELS[value]) }))}
        onChange={(missing) => {
          onChange({ ...choice, missing });
        }}
      />
    </div>
  );
}
