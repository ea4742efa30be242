import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Popconfirm, Segmented } from 'antd';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { FailedPage } from '@/ui/failed-page';
import { Page, Panel } from '@/ui/page';
import { TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { mapKey } from './map-api';
import { confirmMeeting, meetingQuery, patchMeeting, preferencesOf } from './meeting-api';
import { MeetingMatrix } from './meeting-matrix';
import { useMeetingChange } from './use-meeting-change';
import styles from './map.module.css';

const MOST_OUTCOME = 2000;

/** A buying meeting: who preferred which option and why, and what came of it. */
export default function MeetingPage() {
  const { t } = useText();
  const { id = '', meeting: meetingId = '' } = useParams();
  const found = useQuery(meetingQuery(meetingId));
  const back = (
    <Link to={`/accounts/${id}?tab=people`} className={styles.back}>
      <ChevronLeft size={15} aria-hidden />
      {asText(found.data?.fields['account.name']) || t('people_map.account')}
    </Link>
  );
  if (found.isError) {
    return (
      <FailedPage
        title={t('meeting.title')} above={back} error={found.error}
        retry={() => void found.refetch()}
      />
    );
  }
  const meeting = found.data;
  if (!meeting) {
    return (
      <Page title={t('meeting.title')} above={back}><TableSkeleton rows={6} columns={4} /></Page>
    );
  }
  const { fields } = meeting;
  const parts = [t('meeting.title'), asText(fields.held_on), asText(fields['opportunity.name'])];
  return (
    <Page
      title={asText(fields.subject)} above={back} note={parts.filter(Boolean).join(' · ')}
      tools={<Tools meeting={meeting} />}
    >
      <Panel flush title={t('meeting.who_prefers')}>
        <MeetingMatrix meeting={meeting} />
      </Panel>
      <Outcome key={meeting.version} meeting={meeting} />
    </Page>
  );
}

function Tools({ meeting }: Readonly<{ meeting: RecordRow }>) {
  const { t } = useText();
  const client = useQueryClient();
  const { fields } = meeting;
  const mayChange = meeting.can.includes('update');
  const preferences = useQuery(preferencesOf(meeting.id));
  const change = useMeetingChange((state: string) => patchMeeting(meeting, { state }));
  const confirm = useMeetingChange(async () => {
    const { standings } = await confirmMeeting(meeting.id);
    await client.invalidateQueries({ queryKey: mapKey });
    showToast({ tone: 'success', text: t('meeting.confirmed', { n: standings }) });
  });
  const confirmed = asText(fields.confirmed_on);
  if (confirmed !== '') return <span>{t('meeting.confirmed_on', { day: confirmed })}</span>;
  const n = preferences.data?.records.length ?? 0;
  return (
    <>
      <Segmented
        aria-label={t('meeting.state')} value={asText(fields.state)} disabled={!mayChange}
        options={[
          { value: 'planned', label: t('meeting.planned') },
          { value: 'held', label: t('meeting.held') },
        ]}
        onChange={(state) => {
          change.mutate(state);
        }}
      />
      {mayChange && (
        <Popconfirm
          title={t('meeting.confirm')} description={t('meeting.confirm_text', { n })}
          okText={t('meeting.confirm')} cancelText={t('action.cancel')}
          onConfirm={() => {
            confirm.mutate(undefined);
          }}
        >
          <Button type="primary" disabled={fields.state !== 'held'} loading={confirm.isPending}>
            {t('meeting.confirm')}
          </Button>
        </Popconfirm>
      )}
    </>
  );
}

function Outcome({ meeting }: Readonly<{ meeting: RecordRow }>) {
  const { t } = useText();
  const before = asText(meeting.fields.outcome);
  const [text, setText] = useState(before);
  const save = useMeetingChange(() => patchMeeting(meeting, { outcome: text }), 'meeting.saved');
  const mayChange = meeting.can.includes('update');
  return (
    <Panel title={t('meeting.outcome')}>
      <div className={styles.form}>
        <Input.TextArea
          aria-label={t('meeting.outcome')} value={text} readOnly={!mayChange}
          maxLength={MOST_OUTCOME} autoSize={{ minRows: 2, maxRows: 10 }}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
        {mayChange && (
          <div className={styles.actions}>
            <Button
              disabled={text === before} loading={save.isPending}
              onClick={() => {
                save.mutate(undefined);
              }}
            >
              {t('action.save')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
