import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import { fieldOf, optionLabel, useObjectMeta } from '@/api/meta';
import type { components } from '@/api/schema';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { Amount } from '@/ui/money';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import styles from './dossier.module.css';

type Answer = components['schemas']['AggregateAnswer'];

const MOST_GROUPS = 100;

function activitiesOf(account: string) {
  return queryOptions({
    queryKey: ['records', 'visit', 'activities', account],
    queryFn: ({ signal }) => api.ask<Answer>('/records/visit/aggregate', {
      where: { op: 'and', args: [
        { op: 'eq', field: 'account', value: account },
        { op: 'in', field: 'state', value: ['done', 'reported'] },
      ] },
      group: [{ field: 'done_at', bucket: 'year' }, { field: 'kind' }],
      measures: [
        { as: 'count', fn: 'count' }, { as: 'people', fn: 'sum', field: 'participants' },
        { as: 'cost', fn: 'sum', field: 'cost' },
      ],
      page: { limit: MOST_GROUPS },
    }, { signal }),
  });
}

/** What was done with the customer by year and kind: how often, with how many, at what cost. */
export default function Activities({ account }: Readonly<{ account: string }>) {
  const { t, language } = useText();
  const object = useObjectMeta('visit');
  const found = useQuery({ ...activitiesOf(account), enabled: object?.rights.read === true });
  if (!object?.rights.read) return null;
  const kinds = fieldOf(object, 'kind')?.options ?? [];
  const kindText = (key: string) => {
    const option = kinds.find((one) => one.key === key);
    return option ? optionLabel(option, language) : key;
  };
  const groups = [...found.data?.groups ?? []]
    .sort((left, right) => asText(right.key[0]).localeCompare(asText(left.key[0])));
  return (
    <Panel flush title={t('dossier.activities')}>
      {found.isPending && <TableSkeleton rows={3} columns={5} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && groups.length === 0 && (
        <p className={styles.nothing}>{t('dossier.nothing_yet')}</p>
      )}
      {groups.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('dossier.activity_year')}</th>
                <th scope="col">{t('dossier.activity_kind')}</th>
                <th scope="col" className={styles.right}>{t('dossier.activity_count')}</th>
                <th scope="col" className={styles.right}>{t('dossier.activity_people')}</th>
                <th scope="col" className={styles.right}>{t('dossier.activity_cost')}</th>
              </tr>
            </thead>
            <tbody>
              {groups.map(({ key, values }) => (
                <tr key={key.join()}>
                  <td className="tabular">{asText(key[0])}</td>
                  <td>{kindText(asText(key[1]))}</td>
                  <td className={styles.right}>{Number(values.count ?? 0)}</td>
                  <td className={styles.right}>{Number(values.people ?? 0)}</td>
                  <td className={styles.right}>
                    <Amount value={asText(values.cost) || '0'} unit="one" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
