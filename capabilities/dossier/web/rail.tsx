import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { fieldOf, labelOf, useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { formatShare } from '@/lib/money';
import { recordPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { showToast } from '@/ui/toast';
import type { Dossier, Row } from './dossier-api';
import { checkCards, dossierKey, fieldText } from './dossier-api';
import { GAP_TEXTS, textKey } from './text-keys';
import styles from './dossier.module.css';

const Prepare = lazy(() => import('./prepare'));

/** What is to be done next with the account, and why. */
export function Rail({ dossier }: Readonly<{ dossier: Dossier }>) {
  const { t } = useText();
  return (
    <div className={styles.rail}>
      <Suspense fallback={null}><Prepare dossier={dossier} /></Suspense>
      <Card dossier={dossier} />
      <Waiting
        title={t('dossier.tasks')} object="task" rows={dossier.tasks} name="title" due="due_on"
      />
      <Waiting
        title={t('dossier.complaints')} object="complaint" rows={dossier.open_complaints}
        name="content" due="due_at"
      />
      <Waiting
        title={t('dossier.promises')} object="promise" rows={dossier.open_promises}
        name="content" due="due_on"
      />
      <Unvisited departments={dossier.unvisited_departments} account={dossier.account.id} />
    </div>
  );
}

type UnvisitedProps = Readonly<{
  departments: Dossier['unvisited_departments'];
  account: string;
}>;

/** Where nobody of ours has been: whom to ask for next time. */
function Unvisited({ departments, account }: UnvisitedProps) {
  const { t } = useText();
  if (departments.length === 0) return null;
  return (
    <Panel
      title={t('dossier.unvisited')}
      tools={<Link to={`/accounts/${account}/map?view=matrix`}>{t('dossier.unvisited_who')}</Link>}
    >
      <ul className={styles.waiting}>
        {departments.map(({ name, people }) => (
          <li key={name}>
            <span>{name}</span>
            <span className="faint tabular">{t('dossier.unvisited_people', { n: people })}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** How complete the card is, what is missing, and that it was looked at. */
function Card({ dossier }: Readonly<{ dossier: Dossier }>) {
  const { t, language } = useText();
  const { workspace } = useMeta();
  const object = useObjectMeta('account');
  const client = useQueryClient();
  const { card, account } = dossier;
  const check = useMutation({
    mutationFn: () => checkCards([account.id]),
    onSuccess: () => {
      showToast({ tone: 'success', text: t('dossier.checked') });
      void client.invalidateQueries({ queryKey: dossierKey });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  const missing = card.missing.map(({ field, minimum }) => {
    const meta = object && fieldOf(object, field);
    return { field, minimum, label: meta ? labelOf(meta.label, language, field) : field };
  });
  return (
    <Panel
      title={t('dossier.card')}
      tools={<span className="tabular">{formatShare(Number(card.completeness), 0)}</span>}
    >
      <div
        className={styles.meter} role="meter" aria-valuemin={0} aria-valuemax={100}
        aria-valuenow={Math.round(Number(card.completeness) * 100)} aria-label={t('dossier.card')}
      >
        <span style={{ width: formatShare(Number(card.completeness), 0) }} />
      </div>
      {missing.length > 0 && (
        <p className={styles.missing}>
          <span className="faint">{t('dossier.missing')} </span>
          {missing.map(({ field, minimum, label }) => (
            <span key={field} className={minimum ? styles.chipStrong : styles.chip}>{label}</span>
          ))}
          {card.gaps.map((gap) => (
            <span key={gap} className={styles.chip}>{t(textKey(GAP_TEXTS, gap))}</span>
          ))}
        </p>
      )}
      <div className={styles.check}>
        <span className={card.check_due ? styles.late : 'faint'}>
          {card.checked_at === null ? t('dossier.never_checked')
            : t('dossier.checked_at', {
              when: formatDateTime(card.checked_at, workspace.time_zone),
            })}
        </span>
        {account.can.includes('update') && (
          <Button
            size="small" loading={check.isPending}
            onClick={() => {
              check.mutate();
            }}
          >
            {t('dossier.check')}
          </Button>
        )}
      </div>
    </Panel>
  );
}

function Waiting({ title, object, rows, name, due }: Readonly<{
  title: string; object: string; rows: readonly Row[]; name: string; due: string;
}>) {
  const { t } = useText();
  if (rows.length === 0) return null;
  return (
    <Panel title={title} tools={<span className="faint tabular">{rows.length}</span>}>
      <ul className={styles.waiting}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={recordPath(object, row.id)}>
              {fieldText(row, name) || fieldText(row, 'number') || t('dossier.open')}
            </Link>
            {fieldText(row, due) !== '' && (
              <time className="faint tabular">{fieldText(row, due).slice(0, 10)}</time>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
