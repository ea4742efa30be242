import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { sharesQuery } from '@/api/access';
import type { Share } from '@/api/access';
import { useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { recordQuery } from '@/api/records';
import type { ObjectMeta } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { isOver, levelKey, withoutShare, withShare } from './grant-text';
import { ShareForm } from './share-form';
import { useChangeShares } from './use-change-shares';
import styles from './access.module.css';

type Props = Readonly<{ object: ObjectMeta; id: string }>;

/** The names of people and departments; nobody is named twice by the same id. */
function usePrincipalNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const { objects } = useMeta();
  const known = (object: string) => (
    ids.length > 0 && objects.some((one) => one.api_name === object)
  );
  const query = {
    select: ['name'], where: { op: 'in', field: 'id', value: ids }, page: { limit: 500 },
  } as const;
  const people = useQuery({ ...recordQuery('user', query), enabled: known('user') });
  const departments = useQuery({
    ...recordQuery('department', query), enabled: known('department'),
  });
  const records = [...people.data?.records ?? [], ...departments.data?.records ?? []];
  return new Map(records.map((record) => [record.id, asText(record.fields.name)]));
}

export function Shares({ object, id }: Props) {
  const { t } = useText();
  const found = useQuery(sharesQuery(object.api_name, id));
  return (
    <Panel title={t(object.rights.share ? 'access.share' : 'access.shares')}>
      {object.rights.share && (
        <div className={styles.giving}>
          <p className={styles.hint}>{t('access.share_text')}</p>
          <ShareForm object={object} id={id} />
        </div>
      )}
      <div>
        {object.rights.share && <span className={styles.label}>{t('access.shares')}</span>}
        {found.isPending && <TableSkeleton rows={1} columns={3} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && <ShareList object={object} id={id} shares={found.data} />}
      </div>
    </Panel>
  );
}

function ShareList({ object, id, shares }: Props & Readonly<{ shares: readonly Share[] }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const [now] = useState(() => Date.now());
  const ids = shares.flatMap((share) => [share.principal, share.given_by]);
  const names = usePrincipalNames([...new Set(ids)]);
  const change = useChangeShares(object.api_name, id);
  if (shares.length === 0) {
    return <p className={styles.none}>{t('access.no_shares_text')}</p>;
  }
  const nameOf = (who: string) => names.get(who) ?? who;
  const failed = (error: unknown) => {
    showToast({ tone: 'error', text: problemText(asProblem(error), t) });
  };
  const remove = (share: Share) => {
    change.mutate((held) => withoutShare(held, share.principal), {
      onError: failed,
      onSuccess: () => {
        const { principal, level, expires_at } = share;
        const perform = () => {
          change.mutate((held) => withShare(held, { principal, level, expires_at }), {
            onError: failed,
          });
        };
        showToast({
          tone: 'info', text: t('access.removed', { name: nameOf(principal) }),
          action: { label: t('action.undo'), perform },
        });
      },
    });
  };
  const until = (share: Share) => {
    if (share.expires_at === null) return t('access.for_ever');
    const at = formatDateTime(share.expires_at, workspace.time_zone);
    return t(isOver(share, now) ? 'access.was_until' : 'access.until', { at });
  };
  return (
    <ul className={`${styles.list} ${styles.shares}`}>
      {shares.map((share) => (
        <li className={styles.entry} key={share.principal}>
          <span className={styles.name}>{nameOf(share.principal)}</span>
          <span>
            {t(levelKey(share.level))} · <span className="tabular">{until(share)}</span>
            <br />
            <span className="faint">
              {t('access.given', {
                name: nameOf(share.given_by),
                at: formatDateTime(share.given_at, workspace.time_zone),
              })}
            </span>
          </span>
          {object.rights.share && (
            <Button
              size="small" type="text" danger loading={change.isPending}
              aria-label={t('access.remove_of', { name: nameOf(share.principal) })}
              onClick={() => {
                remove(share);
              }}
            >
              {t('access.remove')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
