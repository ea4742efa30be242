import { Tooltip } from 'antd';
import { CalendarClock, Users } from 'lucide-react';
import { fieldOf, useMeta, useObjectMeta } from '@/api/meta';
import { asText } from '@/fields/widget';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import type { Dossier, Row } from './dossier-api';
import { fieldText } from './dossier-api';
import { AccountTags } from './tags';
import styles from './dossier.module.css';

/** Tier with its reason, life-cycle state, owner and team, next contact. */
export function Header({ dossier }: Readonly<{ dossier: Dossier }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const object = useObjectMeta('account');
  const { fields } = dossier.account;
  const tier = object && fieldOf(object, 'tier');
  const cycle = object && fieldOf(object, 'lifecycle');
  const next = dossier.next_visit as Row | null;
  const planned = fieldText(next, 'planned_at');
  const team = dossier.team
    .filter((member) => fieldText(member, 'user') !== asText(fields.owner))
    .map((member) => fieldText(member, 'user.name')).filter(Boolean);
  return (
    <div className={styles.facts}>
      {tier && asText(fields.tier) !== '' && (
        <Tooltip title={<TierReason dossier={dossier} />}>
          <span tabIndex={0}><FieldValue field={tier} fields={fields} /></span>
        </Tooltip>
      )}
      {cycle && <FieldValue field={cycle} fields={fields} />}
      <AccountTags account={dossier.account.id} />
      <span className={styles.fact}>
        <Users size={14} aria-hidden />
        {asText(dossier.names['owner.name']) || t('dossier.no_owner')}
        {team.length > 0 && <span className="faint">{` + ${team.join('、')}`}</span>}
      </span>
      <span className={planned === '' ? styles.missingFact : styles.fact}>
        <CalendarClock size={14} aria-hidden />
        {planned === '' ? t('dossier.no_next')
          : t('dossier.next', { when: formatDateTime(planned, workspace.time_zone) })}
      </span>
    </div>
  );
}

function TierReason({ dossier }: Readonly<{ dossier: Dossier }>) {
  const { t } = useText();
  const { override, score } = dossier.tier;
  if (override) {
    const decided = override as Readonly<Record<string, unknown>>;
    return t('dossier.tier_decided', {
      reason: asText(decided.reason), until: asText(decided.expires_on),
    });
  }
  if (score) {
    const scored = score as Readonly<Record<string, unknown>>;
    return t('dossier.tier_scored', {
      model: asText(scored['model.name']), points: asText(scored.composite),
    });
  }
  return t('dossier.tier_by_hand');
}
