import { keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useMeta } from '@/api/meta';
import { api } from '@/api/client';
import { settingsQuery } from '@/api/settings';
import type { QueryAnswer } from '@/api/types';
import { asText } from '@/fields/widget';
import { todayIn } from '@/lib/dates';
import { useUrlState } from '@/ui/url-state';
import type { DataRange } from './periods';
import { findings, rankingRows, rankingSummary } from './ranking-api';
import type { RankingRow } from './ranking-api';
import type { AbcDefaults, RankingState } from './ranking-state';
import { abcDefaults, stateFromUrl } from './ranking-state';

async function edgeOfData(dir: 'asc' | 'desc'): Promise<string | null> {
  const answer = await api.ask<QueryAnswer>('/records/order_line/query', {
    select: ['ordered_on'],
    where: { op: 'not_empty', field: 'ordered_on' },
    sort: [{ field: 'ordered_on', dir }],
    page: { limit: 1 },
  });
  return asText(answer.records[0]?.fields.ordered_on) || null;
}

/** The first and last day with sales; null while nothing has been imported. */
export const dataEdges = queryOptions({
  queryKey: ['identify', 'edges'],
  queryFn: async () => {
    const [first, last] = await Promise.all([edgeOfData('asc'), edgeOfData('desc')]);
    return first !== null && last !== null ? { first, last } : null;
  },
});

export function useDataRange() {
  const { workspace } = useMeta();
  const edges = useQuery(dataEdges);
  const settings = useQuery(settingsQuery);
  const range = useMemo<DataRange | null>(
    () => (edges.data ? { ...edges.data, today: todayIn(workspace.time_zone) } : null),
    [edges.data, workspace.time_zone],
  );
  const abc = settings.data?.abc;
  const defaults = useMemo(() => abcDefaults(abc, workspace.unit), [abc, workspace.unit]);
  return { edges, range, defaults, ready: !edges.isPending && !settings.isPending };
}

export function useRankingState(range: DataRange, defaults: AbcDefaults): RankingState {
  const [params] = useUrlState();
  return useMemo(() => stateFromUrl(params, range, defaults), [params, range, defaults]);
}

/** All rows, fetched page after page; what has arrived is shown while the rest follows. */
export function useRankingRows(state: RankingState) {
  const query = useInfiniteQuery({ ...rankingRows(state), placeholderData: keepPreviousData });
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const rows = useMemo<readonly RankingRow[]>(
    () => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data],
  );
  const cumulative = useMemo(
    () => rows.flatMap((row) => (row.cum_share === null ? [] : [row.cum_share])), [rows],
  );
  const customers = query.data?.pages[0]?.summary.customers ?? 0;
  return { query, rows, cumulative, customers };
}

export function useRanking(state: RankingState) {
  const summary = useQuery({ ...rankingSummary(state), placeholderData: keepPreviousData });
  const found = useQuery({ ...findings(state), placeholderData: keepPreviousData });
  const rows = useRankingRows(state);
  return { summary, found, ...rows };
}

