import { useQuery } from '@tanstack/react-query';
import { useMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import { addDays, fromZoned } from '@/lib/dates';
import type { Row } from '../dossier-api';
import { dayQuery, fieldText } from '../dossier-api';

const MOST_VISITS = 20;

/** What waits for a report by today: one's own visits, or those of whom one enters for. */
export function useOpenVisits(today: string, manager: string): readonly Row[] {
  const { workspace } = useMeta();
  const day = useQuery({ ...dayQuery(today), enabled: manager === '' });
  const over = fromZoned(`${addDays(today, 1)}T00:00:00`, workspace.time_zone);
  const his = useQuery({
    ...recordQuery('visit', {
      select: ['subject', 'account', 'account.name', 'planned_at', 'state', 'checked_in_at'],
      where: { op: 'and', args: [
        { op: 'has_any', field: 'our_people', value: [manager] },
        { op: 'in', field: 'state', value: ['planned', 'done'] },
        { op: 'lt', field: 'planned_at', value: over },
      ] },
      sort: [{ field: 'planned_at', dir: 'desc' }], page: { limit: MOST_VISITS },
    }),
    enabled: manager !== '',
  });
  if (manager !== '') return his.data?.records ?? [];
  return [...(day.data?.visits ?? []), ...(day.data?.reports_due ?? [])]
    .filter((visit) => fieldText(visit, 'state') !== 'reported');
}
