import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { AccessAnswer } from '@/api/access';
import { labelOf, useMeta } from '@/api/meta';
import { recordById } from '@/api/records';
import type { Filter } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { FilterText } from '../filter-text';
import { recordPath } from '../record-path';
import { actionKey, grantKey, reasonsOf, sees } from './grant-text';
import type { Reason } from './grant-text';
import styles from './access.module.css';

type Props = Readonly<{ object: string; id: string; answer: AccessAnswer }>;

/** In words: what somebody may do with a record, and what each of it comes from. */
export function Reasons({ object, id, answer }: Props) {
  const { t } = useText();
  if (answer.administrator) {
    return <div className={styles.reasons}>{t('access.by_administrator')}</div>;
  }
  if (!sees(answer)) return <div className={styles.none}>{t('access.sees_nothing')}</div>;
  return (
    <div className={styles.reasons}>
      {reasonsOf(answer).map((reason) => (
        <Line
          key={`${reason.grant.grant} ${reason.grant.record}`} reason={reason}
          here={reason.grant.object === object && reason.grant.record === id}
        />
      ))}
    </div>
  );
}

function Line({ reason, here }: Readonly<{ reason: Reason; here: boolean }>) {
  const { t } = useText();
  return (
    <div className={styles.reason}>
      {reason.actions.map((action) => (
        <span className={styles.action} key={action}>{t(actionKey(action))}</span>
      ))}
      <span>{t(grantKey(reason.grant))}</span>
      {reason.grant.where && (
        <Rule object={reason.grant.object} where={reason.grant.where} />
      )}
      {!here && <Through object={reason.grant.object} id={reason.grant.record} />}
    </div>
  );
}

/** What the record meets. */
function Rule({ object, where }: Readonly<{ object: string; where: Filter }>) {
  const meta = useMeta().objects.find((one) => one.api_name === object);
  return meta ? <b><FilterText filter={where} object={meta} /></b> : null;
}

/** The record above, on which an inherited grant hangs. */
function Through({ object, id }: Readonly<{ object: string; id: string }>) {
  const { t, language } = useText();
  const meta = useMeta().objects.find((one) => one.api_name === object);
  const shown = meta?.primary_field ?? 'name';
  const found = useQuery({ ...recordById(object, id, [shown]), enabled: meta !== undefined });
  const label = labelOf(meta?.label, language, object);
  const name = asText(found.data?.fields[shown]);
  const text = t('access.through', { object: label, name });
  return found.data ? <Link to={recordPath(object, id)}>{text}</Link> : <span>{text}</span>;
}
