import { Button, Input, Popconfirm } from 'antd';
import { useMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { showToast } from '@/ui/toast';
import { useDraft } from '@/ui/draft';
import { Field } from '../parts';
import { closeRound, usePoolChange } from '../pool-api';
import type { RoundDetail } from '../pool-api';
import styles from '../pool.module.css';

const PARTS = [['appraisal', 'pool.appraisal'], ['decision', 'pool.minutes_decision']] as const;
type Part = (typeof PARTS)[number][0];

/** What the meeting found and decided; with it the round is closed. */
export function Minutes({ round }: Readonly<{ round: RoundDetail }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  if (round.state !== 'closed') return <Writing round={round} />;
  return (
    <Panel title={t('pool.minutes')}>
      {PARTS.map(([part, label]) => (
        <div key={part}>
          <h3 className={styles.heading}>{t(label)}</h3>
          <p className={styles.reason}>{round[part] ?? '—'}</p>
        </div>
      ))}
      {round.closed_at !== null && (
        <p className="faint tabular">
          {t('pool.closed_at', { at: formatDateTime(round.closed_at, workspace.time_zone) })}
        </p>
      )}
    </Panel>
  );
}

function Writing({ round }: Readonly<{ round: RoundDetail }>) {
  const { t } = useText();
  const [draft, setDraft, clear] = useDraft<Readonly<Record<Part, string>>>(
    `round.${round.id}`, { appraisal: round.appraisal ?? '', decision: round.decision ?? '' },
  );
  const close = usePoolChange(() => closeRound(round.id, draft), () => {
    clear();
    showToast({ tone: 'success', text: t('pool.round_is_closed') });
  });
  const problem = close.error ? asProblem(close.error) : null;
  const refused = problem ? errorsByField(problem) : {};
  const placed = PARTS.some(([part]) => refused[part] !== undefined);
  const { open } = round.proposals;
  return (
    <Panel title={t('pool.minutes')}>
      <div className={styles.form}>
        {PARTS.map(([part, label]) => (
          <Field key={part} label={t(label)} id={`minutes-${part}`} error={refused[part]}>
            <Input.TextArea
              id={`minutes-${part}`} autoSize={{ minRows: 3, maxRows: 12 }} value={draft[part]}
              onChange={(event) => {
                setDraft({ ...draft, [part]: event.target.value });
              }}
            />
          </Field>
        ))}
        {problem && !placed && (
          <span className={styles.error} role="alert">{problemText(problem, t)}</span>
        )}
        {open > 0 && <p className={styles.said}>{t('pool.still_open', { n: open })}</p>}
        <div>
          <Popconfirm
            title={t('pool.close_ask', { name: round.name })} description={t('pool.close_text')}
            okText={t('pool.close')} cancelText={t('action.cancel')}
            onConfirm={() => {
              close.mutate();
            }}
          >
            <Button loading={close.isPending} disabled={open > 0}>{t('pool.close')}</Button>
          </Popconfirm>
        </div>
      </div>
    </Panel>
  );
}
