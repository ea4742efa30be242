import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { Bone, FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import type { CalendarAddress } from './calendar-api';
import { calendarQuery, renewCalendar, revokeCalendar } from './calendar-api';
import styles from './dossier.module.css';

/** The secret address under which one's visits appear in a calendar program. */
export function CalendarFeed() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        icon={<CalendarPlus size={15} aria-hidden />}
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('dossier.calendar')}
      </Button>
      {open && (
        <Modal
          open title={t('dossier.calendar')} footer={null}
          onCancel={() => {
            setOpen(false);
          }}
        >
          <Address />
        </Modal>
      )}
    </>
  );
}

function Address() {
  const { t } = useText();
  const client = useQueryClient();
  const found = useQuery(calendarQuery);
  const change = useMutation({
    mutationFn: (make: boolean) => (make ? renewCalendar() : revokeCalendar()),
    onSuccess: (now: CalendarAddress) => {
      client.setQueryData(calendarQuery.queryKey, now);
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  if (found.isPending) return <Bone width="100%" height={64} />;
  if (found.isError) return <FailedLine error={found.error} retry={() => void found.refetch()} />;
  const { path } = found.data;
  const address = path === null ? '' : window.location.origin + path;
  const make = () => {
    change.mutate(true);
  };
  const copy = () => {
    void navigator.clipboard.writeText(address).then(() => {
      showToast({ tone: 'success', text: t('dossier.calendar_copied') });
    });
  };
  return (
    <div className={styles.report}>
      <p className="faint">{t('dossier.calendar_text')}</p>
      {path === null ? (
        <>
          <p>{t('dossier.calendar_none')}</p>
          <Button type="primary" loading={change.isPending} onClick={make}>
            {t('dossier.calendar_make')}
          </Button>
        </>
      ) : (
        <>
          <Input readOnly value={address} aria-label={t('dossier.calendar_address')} />
          <div className={styles.dates}>
            <Button type="primary" onClick={copy}>{t('dossier.calendar_copy')}</Button>
            <Button loading={change.isPending} onClick={make}>{t('dossier.calendar_renew')}</Button>
            <Button
              type="text" danger disabled={change.isPending}
              onClick={() => {
                change.mutate(false);
              }}
            >
              {t('dossier.calendar_revoke')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
