import { useQuery } from '@tanstack/react-query';
import { Drawer, Tabs } from 'antd';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { fieldOf, labelOf } from '@/api/meta';
import { recordById } from '@/api/records';
import type { ObjectMeta, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { EditableField } from '@/records/editable-field';
import { Folded } from '@/records/folded';
import { History } from '@/records/history';
import { useSections } from '@/records/layout';
import type { ShownSection } from '@/records/layout';
import { recordPath } from '@/records/record-path';
import { Failed, TableSkeleton } from '@/ui/states';
import { useNarrow } from '@/ui/use-narrow';
import { useSelect } from '../rows/use-rows';
import styles from '../tables.module.css';

type Props = Readonly<{
  object: ObjectMeta; id: string;
  /** Opens with the history of this field. */
  history: string | null;
  onClose: () => void;
}>;

const WIDTH = 460;

/** One record beside the table; the table stays where it is and can be used. */
export default function RecordPanel({ object, id, history, onClose }: Props) {
  const { t } = useText();
  const narrow = useNarrow();
  const [names] = useState(() => object.fields.map((field) => field.api_name));
  const select = useSelect(object, names);
  const found = useQuery(recordById(object.api_name, id, select));
  const record = found.data;
  const title = record ? asText(record.fields[object.primary_field]) || t('value.unnamed') : '…';
  return (
    <Drawer
      open mask={false} size={narrow ? '100%' : WIDTH} onClose={onClose} title={title}
      styles={{ body: { padding: '8px 16px' } }}
      extra={(
        <Link to={recordPath(object.api_name, id)} aria-label={t('tables.open_page')}>
          <ExternalLink size={15} aria-hidden />
        </Link>
      )}
    >
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <TableSkeleton rows={10} columns={2} />}
      {record && (
        <Tabs
          key={history ?? ''} defaultActiveKey={history ? 'history' : 'card'} destroyOnHidden
          items={[
            {
              key: 'card', label: t('record.card'),
              children: <Card object={object} record={record} />,
            },
            {
              key: 'history', label: <HistoryLabel object={object} field={history} />,
              children: <History object={object} id={id} field={history ?? undefined} />,
            },
          ]}
        />
      )}
    </Drawer>
  );
}

function HistoryLabel({ object, field }: Readonly<{ object: ObjectMeta; field: string | null }>) {
  const { t, language } = useText();
  if (field === null) return t('record.history');
  const label = labelOf(fieldOf(object, field)?.label, language, field);
  return t('tables.history_of', { field: label });
}

function Card({ object, record }: Readonly<{ object: ObjectMeta; record: RecordRow }>) {
  const sections = useSections(object, record.fields);
  if (!sections) return <TableSkeleton rows={10} columns={2} />;
  const folded = sections.filter((section) => section.folded);
  const shown = (section: ShownSection, at: number) => (
    <section key={at} className={styles.cardGroup}>
      <h3 className={styles.cardTitle}>{section.title}</h3>
      {section.fields.map((field) => (
        <EditableField key={field.api_name} object={object} record={record} field={field} />
      ))}
    </section>
  );
  return (
    <>
      {sections.filter((section) => !section.folded).map(shown)}
      <Folded count={folded.reduce((sum, { fields }) => sum + fields.length, 0)}>
        {folded.map(shown)}
      </Folded>
    </>
  );
}
