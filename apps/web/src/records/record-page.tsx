import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Tabs } from 'antd';
import { ChevronLeft, Trash2 } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { fieldOf, labelOf, useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { deleteRecord, linkPath, recordById, restoreRecord } from '@/api/records';
import type { ObjectMeta, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { FailedPage } from '@/ui/failed-page';
import { Page, Panel } from '@/ui/page';
import { Bone, Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import { EditableField } from './editable-field';
import { groupedFields } from './field-groups';
import { Folded } from './folded';
import { History } from './history';
import { useSections } from './layout';
import type { ShownSection } from './layout';
import { PersonalPanel } from './personal-panel';
import { listPath, recordPath } from './record-path';
import styles from './records.module.css';

const AccessTab = lazy(() => import('./access/access-tab'));

function useSelect(object: ObjectMeta): readonly string[] {
  const { objects } = useMeta();
  return useMemo(() => {
    const names = [...groupedFields(object).values()].flat();
    return names.flatMap((field) => {
      const path = linkPath(field, objects);
      return path === null ? [field.api_name] : [field.api_name, path];
    });
  }, [object, objects]);
}

/** Moves the record to the trash at once; the toast brings it back. */
function useDelete(object: ObjectMeta, id: string) {
  const { t } = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['records', object.api_name] });
  return useMutation({
    mutationFn: () => deleteRecord(object.api_name, id),
    onSuccess: () => {
      void navigate(listPath(object.api_name), { replace: true });
      void refresh();
      const perform = () => {
        void restoreRecord(object.api_name, id).then(refresh)
          .then(() => navigate(recordPath(object.api_name, id)));
      };
      const action = { label: t('action.undo'), perform };
      showToast({ tone: 'info', text: t('record.deleted'), action });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
}

/** The button that moves a record to the trash. */
export function DeleteRecord({ object, id }: Readonly<{ object: ObjectMeta; id: string }>) {
  const { t } = useText();
  const remove = useDelete(object, id);
  return (
    <Button
      type="text" icon={<Trash2 size={15} aria-hidden />} loading={remove.isPending}
      onClick={() => {
        remove.mutate();
      }}
    >
      {t('action.delete')}
    </Button>
  );
}

/** The page of any record, generated from the metadata of its object. */
export function RecordPage({ object, id }: Readonly<{ object: ObjectMeta; id: string }>) {
  const { t, language } = useText();
  const [params, change] = useUrlState();
  const select = useSelect(object);
  const found = useQuery(recordById(object.api_name, id, select));
  const objectLabel = labelOf(object.label, language, object.api_name);
  const record = found.data;
  const name = record ? asText(record.fields[object.primary_field]) || t('value.unnamed') : '…';
  const canDelete = record?.can?.includes('delete') ?? object.rights.delete;
  if (found.isError) {
    return (
      <FailedPage
        title={objectLabel} above={<Back object={object} label={objectLabel} />}
        error={found.error} retry={() => void found.refetch()}
      />
    );
  }
  return (
    <Page
      title={name}
      above={<Back object={object} label={objectLabel} />}
      note={<Subtitle object={object} record={record} />}
      tools={canDelete && record && <DeleteRecord object={object} id={id} />}
    >
      <Tabs
        activeKey={params.get('tab') ?? 'card'}
        onChange={(tab) => {
          change({ tab: tab === 'card' ? null : tab }, { replace: true });
        }}
        destroyOnHidden
        items={[
          {
            key: 'card', label: t('record.card'),
            children: record ? <Card object={object} record={record} /> : <CardSkeleton />,
          },
          {
            key: 'history', label: t('record.history'),
            children: <History object={object} id={id} />,
          },
          {
            key: 'access', label: t('record.access'),
            children: (
              <Suspense fallback={<TableSkeleton rows={4} columns={2} />}>
                <AccessTab object={object} id={id} />
              </Suspense>
            ),
          },
        ]}
      />
    </Page>
  );
}

/** The card of a record for a page that has its own head. */
export function RecordCard({ object, id }: Readonly<{ object: ObjectMeta; id: string }>) {
  const select = useSelect(object);
  const found = useQuery(recordById(object.api_name, id, select));
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return found.data ? <Card object={object} record={found.data} /> : <CardSkeleton />;
}

function Back({ object, label }: Readonly<{ object: ObjectMeta; label: string }>) {
  return (
    <Link to={listPath(object.api_name)} className={styles.back}>
      <ChevronLeft size={15} aria-hidden />
      {label}
    </Link>
  );
}

function Subtitle({ object, record }: { object: ObjectMeta; record: RecordRow | undefined }) {
  const { t } = useText();
  if (!record) return <Bone width={160} />;
  const hasCode = object.primary_field !== 'code' && fieldOf(object, 'code') !== undefined;
  const code = hasCode ? asText(record.fields.code) : '';
  const version = t('record.version', { n: record.version });
  return <span className="tabular">{code === '' ? version : `${code} · ${version}`}</span>;
}

function Card({ object, record }: Readonly<{ object: ObjectMeta; record: RecordRow }>) {
  const sections = useSections(object, record.fields);
  if (!sections) return <CardSkeleton />;
  const folded = sections.filter((section) => section.folded);
  return (
    <div className={styles.form}>
      {sections.filter((section) => !section.folded).map((section, at) => (
        <SectionPanels key={at} object={object} record={record} section={section} />
      ))}
      <Folded count={folded.reduce((sum, { fields }) => sum + fields.length, 0)}>
        {folded.map((section, at) => (
          <SectionPanels key={at} object={object} record={record} section={section} />
        ))}
      </Folded>
    </div>
  );
}

function SectionPanels({ object, record, section: { title, fields } }: Readonly<{
  object: ObjectMeta; record: RecordRow; section: ShownSection;
}>) {
  const open = fields.filter(({ sensitivity }) => sensitivity !== 'personal');
  const personal = fields.filter(({ sensitivity }) => sensitivity === 'personal');
  return (
    <>
      {open.length > 0 && (
        <Panel title={title}>
          <div className={styles.grid}>
            {open.map((field) => (
              <EditableField key={field.api_name} object={object} record={record} field={field} />
            ))}
          </div>
        </Panel>
      )}
      {personal.length > 0 && <PersonalPanel object={object} record={record} fields={personal} />}
    </>
  );
}

function CardSkeleton() {
  return (
    <Panel title={<Bone width={80} />}>
      <div className={styles.grid}>
        {Array.from({ length: 12 }, (_, index) => (
          <div className={styles.pair} key={index}>
            <Bone width={70} />
            <Bone width={`${40 + ((index * 17) % 50)}%`} />
          </div>
        ))}
      </div>
    </Panel>
  );
}
