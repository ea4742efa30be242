import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useMeta } from '@/api/meta';
import { sessionQuery } from '@/api/session';
import { recordQuery } from '@/api/records';
import { useText } from '@/i18n/use-text';
import { todayIn } from '@/lib/dates';
import { asText } from '@/fields/widget';
import { Page, Panel } from '@/ui/page';
import { Bone, Failed } from '@/ui/states';
import { FirstRun } from './first-run';
import { KeyFigures } from './key-figures';
import { MyDay } from './my-day';
import { RecentImports } from './recent-imports';
import styles from './today.module.css';

/** Where the day starts: a guide while there is nothing yet, then what the sales say. */
export default function TodayPage() {
  const { t } = useText();
  const { workspace } = useMeta();
  const { user } = useSuspenseQuery(sessionQuery).data;
  const latest = useQuery(recordQuery('order_line', {
    select: ['ordered_on'],
    where: { op: 'not_empty', field: 'ordered_on' },
    sort: [{ field: 'ordered_on', dir: 'desc' }],
    page: { limit: 1 },
  }));
  const today = todayIn(workspace.time_zone);
  const last = asText(latest.data?.records[0]?.fields.ordered_on);
  return (
    <Page
      title={t('today.greeting', { name: user.name || user.login })}
      note={<time dateTime={today} className="tabular">{today}</time>}
    >
      <MyDay today={today} />
      {latest.isPending && <Panel><Bone width="100%" height={180} /></Panel>}
      {latest.isError && <Failed error={latest.error} retry={() => void latest.refetch()} />}
      {latest.data && last === '' && <FirstRun />}
      {latest.data && last !== '' && (
        <div className={styles.columns}>
          <KeyFigures last={last < today ? last : today} />
          <RecentImports />
        </div>
      )}
    </Page>
  );
}
