import { useMutation } from '@tanstack/react-query';
import { Modal, Segmented, Select } from 'antd';
import { useState } from 'react';
import { fieldOf, optionLabel, useObjectMeta } from '@/api/meta';
import { createRecord, patchRecord } from '@/api/records';
import { useText } from '@/i18n/use-text';
import { FailedLine } from '@/ui/states';
import type { PowerMap } from './map-api';
import { calledName, textOf, useRefreshMap } from './map-api';
import styles from './map.module.css';

type Kind = 'influence' | 'reports';

type Props = Readonly<{ map: PowerMap; from: string; to: string; onClose: () => void }>;

/** What a line between two people means: who influences whom, or who reports to whom. */
export function Relate({ map, from: first, to: second, onClose }: Props) {
  const { t, language } = useText();
  const refresh = useRefreshMap();
  const influence = useObjectMeta('contact_influence');
  const strengths = (influence && fieldOf(influence, 'strength')?.options) ?? [];
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(second);
  const [kind, setKind] = useState<Kind>('influence');
  const [strength, setStrength] = useState('medium');
  const person = (id: string) => map.people.find((one) => one.id === id);
  const save = useMutation({
    mutationFn: () => (kind === 'influence'
      ? createRecord('contact_influence', { from, to, strength })
      : patchRecord('contact', from, {
        fields: { reports_to: to },
        base: { reports_to: textOf(person(from)?.fields, 'reports_to') || null },
      })),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const people = map.people.map((one) => ({ value: one.id, label: calledName(one) }));
  const choice = (key: string, value: string, change: (id: string) => void) => (
    <label className={styles.field}>
      <span>{t(key)}</span>
      <Select
        aria-label={t(key)} value={value === '' ? undefined : value} onChange={change}
        showSearch={{ optionFilterProp: 'label' }} options={people}
      />
    </label>
  );
  return (
    <Modal
      open title={t('people_map.relate')} onCancel={onClose} okText={t('action.save')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: from === '' || to === '' || from === to, loading: save.isPending }}
      onOk={() => {
        save.mutate();
      }}
    >
      <div className={styles.form}>
        {save.error && <FailedLine error={save.error} />}
        <Segmented
          aria-label={t('people_map.relate')} value={kind} onChange={setKind}
          options={[
            { value: 'influence', label: t('people_map.influences') },
            { value: 'reports', label: t('people_map.reports_to') },
          ]}
        />
        {choice(kind === 'influence' ? 'people_map.from' : 'people_map.subordinate', from, setFrom)}
        {choice(kind === 'influence' ? 'people_map.to' : 'people_map.superior', to, setTo)}
        {kind === 'influence' && (
          <Segmented
            aria-label={t('people_map.strength')} value={strength} onChange={setStrength}
            options={strengths.map((option) => (
              { value: option.key, label: optionLabel(option, language) }
            ))}
          />
        )}
      </div>
    </Modal>
  );
}
