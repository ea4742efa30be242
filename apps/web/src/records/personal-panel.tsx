import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { Eraser, Eye, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { labelOf } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { erasePersonal, recordById } from '@/api/records';
import type { FieldMeta, ObjectMeta, RecordRow } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { EditableField } from './editable-field';
import styles from './records.module.css';

const MOST_PURPOSE = 200;

type Props = Readonly<{ object: ObjectMeta; record: RecordRow; fields: readonly FieldMeta[] }>;

/** What is private of a person: masked until somebody says what for, which the server notes. */
export function PersonalPanel({ object, record, fields }: Props) {
  const { t } = useText();
  const [purpose, setPurpose] = useState('');
  const [asked, setAsked] = useState('');
  const names = fields.map((field) => field.api_name);
  const opened = useQuery({
    ...recordById(object.api_name, record.id, names, asked), enabled: asked !== '',
  });
  const hidden = opened.data ? [] : record.masked ?? [];
  const shown = { ...record, fields: { ...record.fields, ...opened.data?.fields } };
  const mayErase = object.rights.personal && record.can.includes('update');
  return (
    <Panel
      title={t('group.personal')}
      tools={mayErase && <Erase object={object} record={record} />}
    >
      {hidden.length > 0 && object.rights.personal && (
        <form
          className={styles.purpose}
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(purpose.trim());
          }}
        >
          <Input
            value={purpose} maxLength={MOST_PURPOSE} aria-label={t('personal.purpose')}
            placeholder={t('personal.purpose')}
            onChange={(event) => {
              setPurpose(event.target.value);
            }}
          />
          <Button
            htmlType="submit" icon={<Eye size={14} aria-hidden />} disabled={purpose.trim() === ''}
            loading={opened.isFetching}
          >
            {t('personal.show')}
          </Button>
          <span className="faint">{t('personal.is_noted')}</span>
        </form>
      )}
      {opened.error && <FailedLine error={opened.error} />}
      <div className={styles.grid}>
        {fields.map((field) => (hidden.includes(field.api_name)
          ? <Masked key={field.api_name} field={field} />
          : <EditableField key={field.api_name} object={object} record={shown} field={field} />
        ))}
      </div>
    </Panel>
  );
}

function Masked({ field }: Readonly<{ field: FieldMeta }>) {
  const { t, language } = useText();
  return (
    <div className={styles.pair}>
      <span className={styles.pairLabel}>{labelOf(field.label, language, field.api_name)}</span>
      <span className="faint" title={t('personal.masked')}>
        <LockKeyhole size={12} aria-hidden /> ••••••
      </span>
    </div>
  );
}

function Erase({ object, record }: Readonly<{ object: ObjectMeta; record: RecordRow }>) {
  const { t } = useText();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const erase = useMutation({
    mutationFn: () => erasePersonal(object.api_name, record.id, reason.trim()),
    onSuccess: async ({ erased }) => {
      setAsking(false);
      await client.invalidateQueries({ queryKey: ['records', object.api_name] });
      showToast({ tone: 'success', text: t('personal.erased', { count: erased.length }) });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  return (
    <>
      <Button
        type="text" size="small" danger icon={<Eraser size={14} aria-hidden />}
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('personal.erase')}
      </Button>
      <Modal
        open={asking} title={t('personal.erase')} okText={t('personal.erase')}
        cancelText={t('action.cancel')} confirmLoading={erase.isPending}
        okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
        onOk={() => {
          erase.mutate();
        }}
        onCancel={() => {
          setAsking(false);
        }}
      >
        <p>{t('personal.erase_text')}</p>
        <Input
          value={reason} aria-label={t('personal.erase_reason')} maxLength={MOST_PURPOSE}
          placeholder={t('personal.erase_reason')}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      </Modal>
    </>
  );
}
