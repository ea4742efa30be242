import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { ChevronLeft, Columns3, Lock } from 'lucide-react';
import { Link } from 'react-router';
import { fieldOf, labelOf, optionLabel, useObjectMeta } from '@/api/meta';
import { numberText } from '@/lib/decimal';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { criterionLabel } from './model';
import { schemeQuery } from './scoring-api';
import type { Scheme } from './scoring-api';
import { useWords } from './use-words';
import styles from './scoring.module.css';

const DEFAULT = 'sector';

/** What sectors, or the classes of another scheme, are judged by: one beside the other. */
export default function CriteriaPage() {
  const { t, language, account } = useWords();
  const [params, change] = useUrlState();
  const object = useObjectMeta('scoring_model');
  const field = params.get('field') ?? DEFAULT;
  const found = useQuery({ ...schemeQuery(field), enabled: object !== undefined });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const schemes = (account?.fields ?? []).filter((one) => (
    one.type === 'select' && !one.system && one.api_name !== 'tier'
  ));
  return (
    <Page
      title={t('scoring.side_by_side')} note={t('scoring.side_by_side_note')}
      above={(
        <Link className={styles.back} to="/scoring">
          <ChevronLeft size={14} aria-hidden />{t('scoring.title')}
        </Link>
      )}
      tools={(
        <Select
          className={styles.scheme} aria-label={t('scoring.scheme')} value={field}
          options={schemes.map((one) => ({
            value: one.api_name, label: labelOf(one.label, language, one.api_name),
          }))}
          onChange={(next: string) => {
            change({ field: next === DEFAULT ? null : next }, { replace: true });
          }}
        />
      )}
    >
      <Panel flush>
        {found.isPending && <TableSkeleton rows={8} columns={6} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.data && found.data.criteria.length === 0 && (
          <Notice
            icon={Columns3} title={t('scoring.no_criteria')} text={t('scoring.no_criteria_text')}
          />
        )}
        {found.data && found.data.criteria.length > 0 && <Matrix scheme={found.data} />}
      </Panel>
    </Page>
  );
}

function percent(share: string): string {
  return `${numberText(Number(share) * 100, 1)}%`;
}

function Matrix({ scheme }: Readonly<{ scheme: Scheme }>) {
  const { t, language, account } = useWords();
  const field = account && fieldOf(account, scheme.field);
  const nameOf = (key: string) => {
    const option = field?.options?.find((one) => one.key === key);
    return option ? optionLabel(option, language) : key;
  };
  return (
    <div
      className={styles.matrix} role="region" tabIndex={0} aria-label={t('scoring.side_by_side')}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('scoring.criterion')}</th>
            {scheme.options.map(({ key, model, name, version }) => (
              <th scope="col" key={key}>
                {nameOf(key)}
                <br />
                {model === null || name === null ? (
                  <span className="faint">{t('scoring.no_model')}</span>
                ) : (
                  <Link to={`/scoring/${model}`}>
                    {t('scoring.model_version', { name, n: version ?? 0 })}
                  </Link>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scheme.criteria.map(({ source, kind, weights }) => (
            <tr key={`${kind} ${source}`}>
              <th scope="row"><Source source={source} kind={kind} /></th>
              {scheme.options.map(({ key }) => {
                const share = weights[key] ?? null;
                return (
                  <td key={key} className="number" data-label={nameOf(key)}>
                    {share === null ? <span className="faint">—</span> : (
                      <span
                        className={styles.share}
                        style={{ '--share': percent(share) } as React.CSSProperties}
                      >
                        {percent(share)}
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** "net_sales/12" is a measure over so many months. */
function Source({ source, kind }: Readonly<{ source: string; kind: 'field' | 'measure' }>) {
  const words = useWords();
  const [name = source, months] = source.split('/');
  const criterion = { key: source, weight: 0, bands: [] };
  return criterionLabel(kind === 'field' ? { ...criterion, field: source } : {
    ...criterion, measure: name, ...(months === undefined ? {} : { months: Number(months) }),
  }, words);
}
