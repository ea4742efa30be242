import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { ChevronLeft, ChevronRight, Handshake, Plus } from 'lucide-react';
import { Link, useNavigate } from 'react-router';
import { fieldOf, labelOf, useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { createRecord } from '@/api/records';
import { useText } from '@/i18n/use-text';
import { addDays, formatDateTime, todayIn } from '@/lib/dates';
import { listPath, recordPath } from '@/records/record-path';
import { Page, Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import type { Itineraries, Meeting } from './calendar-api';
import { itinerariesQuery } from './calendar-api';
import { dossierKey, fieldText } from './dossier-api';
import styles from './dossier.module.css';

const DAYS = 14;
const TRIP_FIELDS = ['starts_at', 'ends_at', 'transport_number', 'hotel', 'purpose'];

/** Where the customers' people and ours are in two weeks, and where they could meet. */
export default function ItinerariesPage() {
  const { t } = useText();
  const { workspace } = useMeta();
  const navigate = useNavigate();
  const mayAdd = useObjectMeta('itinerary')?.rights.create ?? false;
  const [params, change] = useUrlState();
  const from = params.get('from') ?? todayIn(workspace.time_zone);
  const found = useQuery(itinerariesQuery(from));
  const move = (days: number) => {
    change({ from: addDays(from, days) });
  };
  return (
    <Page
      title={t('dossier.itineraries')} note={t('dossier.itineraries_note')}
      tools={(
        <>
          <span className="tabular">{`${from} – ${addDays(from, DAYS - 1)}`}</span>
          <Button
            icon={<ChevronLeft size={15} aria-hidden />}
            aria-label={t('dossier.itineraries_before')}
            onClick={() => {
              move(-DAYS);
            }}
          />
          <Button
            icon={<ChevronRight size={15} aria-hidden />}
            aria-label={t('dossier.itineraries_after')}
            onClick={() => {
              move(DAYS);
            }}
          />
          {mayAdd && (
            <Button
              type="primary" icon={<Plus size={15} aria-hidden />}
              onClick={() => void navigate(`${listPath('itinerary')}?new=1`)}
            >
              {t('dossier.add_trip')}
            </Button>
          )}
        </>
      )}
    >
      {found.isPending && <TableSkeleton rows={6} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && (
        <div className={styles.main}>
          <Meetings meetings={found.data.meetings} />
          <Trips title={t('dossier.trips_theirs')} who="contact" trips={found.data.trips} />
          <Trips title={t('dossier.trips_ours')} who="user" trips={found.data.trips} />
        </div>
      )}
    </Page>
  );
}

function Meetings({ meetings }: Readonly<{ meetings: readonly Meeting[] }>) {
  const { t } = useText();
  return (
    <Panel title={t('dossier.meetings')}>
      <p className="faint">
        {t(meetings.length === 0 ? 'dossier.no_meetings' : 'dossier.meetings_text')}
      </p>
      <ul className={styles.candidates}>
        {meetings.map((meeting) => (
          <MeetingRow key={`${meeting.contact}${meeting.user}${meeting.from}`} meeting={meeting} />
        ))}
      </ul>
    </Panel>
  );
}

function MeetingRow({ meeting }: Readonly<{ meeting: Meeting }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const client = useQueryClient();
  const mayPlan = useObjectMeta('visit')?.rights.create ?? false;
  const plan = useMutation({
    mutationFn: () => createRecord('visit', {
      account: meeting.account, subject: t('dossier.meeting_subject', { city: meeting.city }),
      planned_at: meeting.from, place: meeting.city, received_by: [meeting.contact],
      our_people: [meeting.user],
    }),
    onSuccess: () => {
      showToast({ tone: 'success', text: t('dossier.meeting_planned') });
      void client.invalidateQueries({ queryKey: dossierKey });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  return (
    <li>
      <strong>{meeting.city}</strong>
      <Link to={recordPath('account', meeting.account)}>{meeting.account_name}</Link>
      <span>{`${meeting.contact_name} · ${meeting.user_name}`}</span>
      <span className="faint tabular">
        {`${formatDateTime(meeting.from, workspace.time_zone)} – ${
          formatDateTime(meeting.to, workspace.time_zone)}`}
      </span>
      {mayPlan && (
        <Button
          size="small" icon={<Handshake size={14} aria-hidden />} loading={plan.isPending}
          disabled={plan.isSuccess}
          onClick={() => {
            plan.mutate();
          }}
        >
          {t('dossier.meet')}
        </Button>
      )}
    </li>
  );
}

function Trips({ title: heading, who, trips }: Readonly<{
  title: string; who: 'contact' | 'user'; trips: Itineraries['trips'];
}>) {
  const { t, language } = useText();
  const { workspace } = useMeta();
  const object = useObjectMeta('itinerary');
  const person = useObjectMeta('contact');
  const label = (of: typeof object, name: string) => {
    const field = of && fieldOf(of, name);
    return field ? labelOf(field.label, language, name) : '';
  };
  const titles = [
    label(object, who), ...(who === 'contact' ? [label(person, 'account')] : []),
    t('dossier.trip_way'), ...TRIP_FIELDS.map((name) => label(object, name)),
  ];
  const rows = trips.filter((trip) => (fieldText(trip, 'contact') !== '') === (who === 'contact'));
  const when = (text: string) => (text === '' ? '' : formatDateTime(text, workspace.time_zone));
  return (
    <Panel flush title={heading}>
      {rows.length === 0 && <p className={styles.nothing}>{t('dossier.no_trips')}</p>}
      {rows.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>{titles.map((title) => <th key={title} scope="col">{title}</th>)}</tr>
            </thead>
            <tbody>
              {rows.map((trip) => (
                <tr key={trip.id}>
                  <td>
                    <Link to={recordPath('itinerary', trip.id)}>
                      {fieldText(trip, `${who}.name`)}
                    </Link>
                  </td>
                  {who === 'contact' && <td>{fieldText(trip, 'contact.account.name')}</td>}
                  <td>{`${fieldText(trip, 'from_city')} → ${fieldText(trip, 'to_city')}`}</td>
                  <td className="tabular">{when(fieldText(trip, 'starts_at'))}</td>
                  <td className="tabular">{when(fieldText(trip, 'ends_at'))}</td>
                  <td>{fieldText(trip, 'transport_number')}</td>
                  <td>{fieldText(trip, 'hotel')}</td>
                  <td>{fieldText(trip, 'purpose')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
