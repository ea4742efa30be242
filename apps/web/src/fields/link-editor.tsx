import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useObjectMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import { useText } from '@/i18n/use-text';
import { asText } from './widget';
import type { RecordRow } from '@/api/types';
import type { EditorProps } from './widget';

const CHOICES = 20;

/** Chooses a record of the target object; the server searches while the person types. */
export function LinkEditor(props: EditorProps) {
  const { field, value, fields, id, autoFocus, invalid, onChange } = props;
  const { t } = useText();
  const [search, setSearch] = useState('');
  const target = field.type === 'link' ? (field.target ?? '') : field.type;
  const shown = useObjectMeta(target)?.primary_field ?? 'name';
  const found = useQuery({
    ...recordQuery(target, {
      select: [shown], search: search || undefined, page: { limit: CHOICES },
    }),
    placeholderData: keepPreviousData,
    enabled: target !== '',
  });
  if (field.many) return <ManyEditor {...props} found={found.data?.records} onSearch={setSearch} />;
  const current = asText(value);
  const options = (found.data?.records ?? []).map((record) => ({
    value: record.id, label: asText(record.fields[shown]) || record.id,
  }));
  if (current !== '' && !options.some((option) => option.value === current)) {
    const label = asText(fields[`${field.api_name}.${shown}`]) || current;
    options.unshift({ value: current, label });
  }
  return (
    <Select
      id={id}
      autoFocus={autoFocus}
      status={invalid ? 'error' : ''}
      allowClear={!field.required}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? t('state.loading') : t('state.nothing_found')}
      options={options}
      value={current === '' ? undefined : current}
      onChange={(next: string | undefined) => {
        onChange(next ?? null);
      }}
      style={{ width: '100%' }}
    />
  );
}

type ManyProps = EditorProps & Readonly<{
  found: readonly RecordRow[] | undefined; onSearch: (text: string) => void;
}>;

/** The same for links to several records. */
function ManyEditor(props: ManyProps) {
  const { field, value, id, autoFocus, invalid, onChange, found, onSearch } = props;
  const shown = useObjectMeta(field.target ?? field.type)?.primary_field ?? 'name';
  const chosen = Array.isArray(value) ? value.map(asText) : [];
  const names = useQuery({
    ...recordQuery(field.target ?? field.type, {
      select: [shown], where: { op: 'in', field: 'id', value: chosen }, page: { limit: 50 },
    }),
    enabled: chosen.length > 0,
  });
  const known = new Map([...(names.data?.records ?? []), ...(found ?? [])].map(
    (record) => [record.id, asText(record.fields[shown]) || record.id],
  ));
  return (
    <Select
      id={id}
      mode="multiple"
      autoFocus={autoFocus}
      status={invalid ? 'error' : ''}
      showSearch={{ filterOption: false, onSearch }}
      options={[...known].map(([key, label]) => ({ value: key, label }))}
      value={chosen}
      onChange={(next: string[]) => {
        onChange(next.length === 0 ? null : next);
      }}
      style={{ width: '100%' }}
    />
  );
}
