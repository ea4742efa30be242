import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { recordQuery } from '@/api/records';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';

const CHOICES = 50;

/** The names of people by id. */
export function usePeople(ids: readonly string[]): (id: string) => string {
  const wanted = [...new Set(ids)].sort((a, b) => a.localeCompare(b));
  const found = useQuery({
    ...recordQuery('user', {
      select: ['name'], where: { op: 'in', field: 'id', value: wanted },
      page: { limit: Math.max(1, wanted.length) },
    }),
    enabled: wanted.length > 0,
  });
  const names = new Map(
    (found.data?.records ?? []).map(({ id, fields }) => [id, asText(fields.name)]),
  );
  return (id) => names.get(id) ?? '…';
}

type Props = Readonly<{
  id: string; value: string; onChange: (id: string) => void; label: string; active?: boolean;
}>;

export function PersonSelect({ id, value, onChange, label, active = false }: Props) {
  const { t } = useText();
  const [search, setSearch] = useState('');
  const found = useQuery(recordQuery('user', {
    select: ['name'], search: search || undefined, page: { limit: CHOICES },
    where: active ? { op: 'eq', field: 'active', value: true } : undefined,
  }));
  const name = usePeople(value === '' ? [] : [value]);
  const options = (found.data?.records ?? []).map((one) => ({
    value: one.id, label: asText(one.fields.name) || one.id,
  }));
  if (value !== '' && !options.some((option) => option.value === value)) {
    options.unshift({ value, label: name(value) });
  }
  return (
    <Select
      id={id} aria-label={label} options={options} value={value === '' ? undefined : value}
      showSearch={{ filterOption: false, onSearch: setSearch }} loading={found.isFetching}
      placeholder={t('handover.choose_person')} style={{ width: '100%' }} onChange={onChange}
    />
  );
}
