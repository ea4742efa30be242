import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, DatePicker, Input, InputNumber, Modal } from 'antd';
import dayjs from 'dayjs';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { labelOf, useMeta } from '@/api/meta';
import { createRecord, deleteRecord, patchRecord } from '@/api/records';
import type { FieldMeta, Fields, ObjectMeta } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { Failed, FailedLine, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import styles from '../tables.module.css';
import type { View } from '../views/views-api';
import { isPublic, linkOfView } from './link-api';
import type { FormLink } from './link-api';

type Props = Readonly<{
  object: ObjectMeta; view: View; fields: readonly FieldMeta[]; onClose: () => void;
}>;

const USUAL_LIMIT = 200;
const HIGHEST_LIMIT = 10_000;
const LONGEST_INTRO = 2_000;

/** Gives a form an address for people outside, with its limits, and takes it back. */
export function LinkDialog(props: Props) {
  const { t } = useText();
  const found = useQuery(linkOfView(props.view.id));
  return (
    <Modal open title={t('form.link')} footer={null} onCancel={props.onClose}>
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <TableSkeleton rows={3} columns={1} />}
      {found.data !== undefined && (
        <LinkForm key={found.data?.record.version ?? 0} {...props} link={found.data} />
      )}
    </Modal>
  );
}

type Limits = Readonly<{ intro: string; daily: number; endsOn: string }>;

function limitsOf(link: FormLink | null): Limits {
  const stored = link?.record.fields;
  return {
    intro: asText(stored?.intro), daily: Number(stored?.daily_limit ?? USUAL_LIMIT),
    endsOn: asText(stored?.ends_on),
  };
}

/** Makes the link, changes it, takes it away. */
function useLink({ object, view }: Props, link: FormLink | null, asked: readonly FieldMeta[]) {
  const { user } = useMeta();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: linkOfView(view.id).queryKey });
  const save = useMutation({
    mutationFn: async ({ intro, daily, endsOn }: Limits) => {
      const wanted: Fields = {
        name: view.name, intro: intro || null, daily_limit: daily, ends_on: endsOn || null,
        fields: asked.map((field) => field.api_name),
      };
      if (link) {
        const { fields: stored, id } = link.record;
        const base = Object.fromEntries(
          Object.keys(wanted).map((name) => [name, stored[name] ?? null]),
        );
        await patchRecord('form_link', id, { fields: wanted, base });
      } else {
        const more = { object: object.api_name, view: view.id, owner: user.id };
        await createRecord('form_link', { ...wanted, ...more });
      }
    },
    onSuccess,
  });
  const close = useMutation({
    mutationFn: () => deleteRecord('form_link', link?.record.id ?? ''), onSuccess,
  });
  return { save, close, error: save.error ?? close.error };
}

function LinkForm({ link, ...props }: Props & Readonly<{ link: FormLink | null }>) {
  const { t, language } = useText();
  const [limits, setLimits] = useState(() => limitsOf(link));
  const asked = props.fields.filter(isPublic);
  const { save, close, error } = useLink(props, link, asked);
  const names = asked.map((field) => labelOf(field.label, language, field.api_name)).join('、');
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(limits);
      }}
    >
      <p className="faint">{t('form.link_text', { fields: names })}</p>
      {link && <Address url={link.url} />}
      {error && <FailedLine error={error} />}
      <LimitRows limits={limits} onChange={setLimits} />
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t(link ? 'form.update_link' : 'form.make_link')}
        </Button>
        {link && (
          <Button
            danger loading={close.isPending}
            onClick={() => {
              close.mutate();
            }}
          >
            {t('form.close_link')}
          </Button>
        )}
      </div>
    </form>
  );
}

type LimitProps = Readonly<{ limits: Limits; onChange: (limits: Limits) => void }>;

function LimitRows({ limits, onChange }: LimitProps) {
  const { t } = useText();
  const { intro, daily, endsOn } = limits;
  return (
    <>
      <label htmlFor="link-intro">{t('form.intro')}</label>
      <Input.TextArea
        id="link-intro" value={intro} autoSize={{ minRows: 2 }} maxLength={LONGEST_INTRO}
        onChange={(event) => {
          onChange({ ...limits, intro: event.target.value });
        }}
      />
      <label htmlFor="link-limit">{t('form.daily_limit')}</label>
      <InputNumber<number>
        id="link-limit" value={daily} min={1} max={HIGHEST_LIMIT} precision={0}
        onChange={(next) => {
          onChange({ ...limits, daily: next ?? USUAL_LIMIT });
        }}
      />
      <label htmlFor="link-ends">{t('form.ends_on')}</label>
      <DatePicker
        id="link-ends" value={endsOn === '' ? null : dayjs(endsOn)}
        onChange={(day) => {
          onChange({ ...limits, endsOn: day ? day.format('YYYY-MM-DD') : '' });
        }}
      />
    </>
  );
}

function Address({ url }: Readonly<{ url: string }>) {
  const { t } = useText();
  return (
    <div className={styles.address}>
      <Input readOnly value={url} aria-label={t('form.address')} />
      <Button
        icon={<Copy size={14} />}
        onClick={() => {
          void navigator.clipboard.writeText(url).then(() => {
            showToast({ tone: 'success', text: t('form.copied') });
          });
        }}
      >
        {t('form.copy')}
      </Button>
    </div>
  );
}
