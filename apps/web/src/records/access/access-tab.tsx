import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { accessQuery, askAccess } from '@/api/access';
import type { AccessAnswer } from '@/api/access';
import { api } from '@/api/client';
import { useMeta } from '@/api/meta';
import type { ObjectMeta, QueryAnswer } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { Bone, FailedLine, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { PrincipalPicker } from './principal-picker';
import { Reasons } from './reasons';
import { Shares } from './shares';
import styles from './access.module.css';

type Props = Readonly<{ object: ObjectMeta; id: string }>;

/** Who can see a record and why, and with whom it is shared. */
export default function AccessTab({ object, id }: Props) {
  const { t } = useText();
  const { user, objects } = useMeta();
  const [params, change] = useUrlState();
  const who = params.get('who');
  const setWho = (next: string | null) => {
    change({ who: next });
  };
  const mayAsk = object.rights.share && objects.some((one) => one.api_name === 'user');
  return (
    <div className={styles.stack}>
      <Shares object={object} id={id} />
      <Panel title={t('access.why')}>
        <div className={styles.stack}>
          <div>
            <span className={styles.label}>{t('access.mine')}</span>
            <OnePerson object={object} id={id} user={user.id} />
          </div>
          {mayAsk && (
            <div className={styles.who}>
              <label className={styles.label} htmlFor="access-who">{t('access.whom')}</label>
              <PrincipalPicker id="access-who" kind="user" value={who} onChange={setWho} />
            </div>
          )}
          {who !== null && <OnePerson object={object} id={id} user={who} />}
        </div>
      </Panel>
      {mayAsk && <Everybody object={object} id={id} />}
    </div>
  );
}

function OnePerson({ object, id, user }: Props & Readonly<{ user: string }>) {
  const found = useQuery({ ...accessQuery(object.api_name, id, user), retry: false });
  if (found.isPending) return <Bone width="60%" />;
  if (!found.isError) return <Reasons object={object.api_name} id={id} answer={found.data} />;
  return <FailedLine error={found.error} retry={() => void found.refetch()} />;
}

const PAGE_LIMIT = 24;
const AT_ONCE = 6;

type Person = Readonly<{ id: string; name: string; answer: AccessAnswer }>;
type PeoplePage = Readonly<{ people: readonly Person[]; next: string | null }>;

/** A page of people with what each may do; a few are asked for at a time. */
async function askPage(
  object: string, id: string, after: string | null, signal: AbortSignal,
): Promise<PeoplePage> {
  const found = await api.ask<QueryAnswer>('/records/user/query', {
    select: ['name'], where: { op: 'eq', field: 'active', value: true },
    sort: [{ field: 'name', dir: 'asc' }], page: { limit: PAGE_LIMIT, after: after ?? undefined },
    count: 'none',
  }, { signal });
  const people: Person[] = [];
  for (let start = 0; start < found.records.length; start += AT_ONCE) {
    const some = found.records.slice(start, start + AT_ONCE);
    people.push(...await Promise.all(some.map(async (record) => ({
      id: record.id, name: asText(record.fields.name) || record.id,
      answer: await askAccess(object, id, record.id, signal),
    }))));
  }
  return { people, next: found.page.has_more ? found.page.next ?? null : null };
}

function Everybody({ object, id }: Props) {
  const { t } = useText();
  const [wanted, setWanted] = useState(false);
  return (
    <Panel
      title={t('access.everybody')} flush={wanted}
      tools={!wanted && (
        <Button
          size="small"
          onClick={() => {
            setWanted(true);
          }}
        >
          {t('access.everybody_show')}
        </Button>
      )}
    >
      {wanted ? <EverybodyList object={object} id={id} />
        : <span className={styles.none}>{t('access.everybody_text')}</span>}
    </Panel>
  );
}

function EverybodyList({ object, id }: Props) {
  const { t } = useText();
  const found = useInfiniteQuery({
    queryKey: ['records', object.api_name, 'access', id, 'everybody'],
    queryFn: ({ pageParam, signal }) => askPage(object.api_name, id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    retry: false,
  });
  if (found.isPending) return <TableSkeleton rows={4} columns={2} />;
  if (found.isError) {
    return <FailedLine error={found.error} retry={() => void found.refetch()} />;
  }
  const people = found.data.pages.flatMap((page) => page.people);
  return (
    <>
      <ul className={styles.list}>
        {people.map((person) => (
          <li className={styles.entry} key={person.id}>
            <span className={styles.name}>{person.name}</span>
            <Reasons object={object.api_name} id={id} answer={person.answer} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <div className={styles.more}>
          <Button
            type="text" loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('list.more')}
          </Button>
        </div>
      )}
    </>
  );
}
