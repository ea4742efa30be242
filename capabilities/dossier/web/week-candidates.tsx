import { Select } from 'antd';
import { GripVertical } from 'lucide-react';
import { Link } from 'react-router';
import { fieldOf, useMeta, useObjectMeta } from '@/api/meta';
import { asText } from '@/fields/widget';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { daysBetween, todayIn } from '@/lib/dates';
import { formatAmount } from '@/lib/money';
import { recordPath } from '@/records/record-path';
import { useUnitName } from '@/ui/money';
import { Panel } from '@/ui/page';
import type { Week } from './dossier-api';
import { fieldText } from './dossier-api';
import { REASON_TEXTS, textKey } from './text-keys';
import type { Held } from './use-week-plan';
import { useDayName } from './week-board';
import type { Candidate } from './week-cities';
import { citiesOf } from './week-cities';
import type { PlanDay } from './week-days';
import { shutdownOf } from './week-days';
import dossier from './dossier.module.css';
import styles from './week.module.css';

type Props = Readonly<{
  week: Week;
  days: readonly PlanDay[];
  onHold: (held: Held | null) => void;
  onPlan: (held: Held, day: string) => void;
}>;

/**
 * Whom to see and why, by city; each is put on a day by dragging or by choosing it. Offered are
 * working days alone.
 */
export function Candidates({ week, days, onHold, onPlan }: Props) {
  const { t } = useText();
  const planned = new Set(week.planned.map((visit) => fieldText(visit, 'account')));
  return (
    <Panel title={t('dossier.candidates')}>
      {week.candidates.length === 0 && <p className="faint">{t('dossier.nobody_waits')}</p>}
      {citiesOf(week.candidates).map(({ city, candidates }) => (
        <section key={city}>
          <h3 className={styles.city}>
            {city === '' ? t('dossier.no_city') : city}
            <span className="faint">{candidates.length}</span>
          </h3>
          <ol className={dossier.candidates}>
            {candidates.map((candidate) => (
              <Waiting
                key={candidate.account.id} candidate={candidate} days={days} onHold={onHold}
                onPlan={onPlan} planned={planned.has(candidate.account.id)}
              />
            ))}
          </ol>
        </section>
      ))}
    </Panel>
  );
}

type WaitingProps = Readonly<{ candidate: Candidate; planned: boolean }>
  & Pick<Props, 'days' | 'onHold' | 'onPlan'>;

function Waiting({ candidate, planned, days, onHold, onPlan }: WaitingProps) {
  const { t } = useText();
  const dayName = useDayName();
  const account = useObjectMeta('account');
  const mayPlan = useObjectMeta('visit')?.rights.create ?? false;
  const tier = account && fieldOf(account, 'tier');
  const name = fieldText(candidate.account, 'name');
  const held = { account: candidate.account.id };
  const dayLabel = (day: PlanDay) => [
    dayName(day.day), day.mark === 'working' && t('dossier.make_up_day'),
    shutdownOf(day, candidate.account.id) && t('dossier.in_shutdown'),
  ].filter(Boolean).join(' · ');
  return (
    <li
      draggable={mayPlan} className={mayPlan ? styles.waiting : undefined}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', candidate.account.id);
        onHold(held);
      }}
      onDragEnd={() => {
        onHold(null);
      }}
    >
      {mayPlan && <GripVertical size={13} aria-hidden className={styles.grip} />}
      <Link to={recordPath('account', candidate.account.id)} draggable={false}>{name}</Link>
      {tier && <FieldValue field={tier} fields={candidate.account.fields} emptyText="" />}
      {planned && <span className={styles.done}>{t('dossier.in_plan')}</span>}
      {mayPlan && (
        <Select
          size="small" className={styles.choose} value={null} popupMatchSelectWidth={false}
          placeholder={t('dossier.plan_on')} aria-label={t('dossier.plan_on_for', { name })}
          options={days.filter(({ works }) => works).map((day) => ({
            value: day.day, label: dayLabel(day),
          }))}
          onChange={(day: string | null) => {
            if (day !== null) onPlan(held, day);
          }}
        />
      )}
      <ul className={dossier.reasons}>
        {candidate.reasons.map((reason) => (
          <li key={reason.code} className={dossier.chip}><ReasonText reason={reason} /></li>
        ))}
      </ul>
    </li>
  );
}

function ReasonText({ reason }: Readonly<{ reason: Candidate['reasons'][number] }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const unit = useUnitName();
  const params = reason.params as Readonly<Record<string, unknown>>;
  const amount = asText(params.amount);
  const on = asText(params.on);
  const days = on === ''
    ? asText(params.days) : String(daysBetween(todayIn(workspace.time_zone), on));
  return t(textKey(REASON_TEXTS, reason.code), {
    days, on, standard: asText(params.standard), count: asText(params.count),
    amount: amount === '' ? '' : formatAmount(amount, workspace.unit), unit,
  });
}
