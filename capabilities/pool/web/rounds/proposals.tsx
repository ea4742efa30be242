import { Button, Input, Popconfirm, Segmented, Select } from 'antd';
import { ArrowRight, ListChecks } from 'lucide-react';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { numberText } from '@/lib/decimal';
import { useNames } from '@/records/use-names';
import { Panel } from '@/ui/page';
import { Notice } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import { decide, usePoolChange } from '../pool-api';
import type { PoolState, Proposal, RoundDetail } from '../pool-api';
import { StateTag, TierTag } from '../tag';
import { usePoolWords } from '../words';
import styles from '../pool.module.css';

const KIND_KEYS: Readonly<Record<Proposal['kind'], string>> = {
  admit: 'pool.kind_admit', keep: 'pool.kind_keep', watch: 'pool.kind_watch',
  exit: 'pool.kind_exit',
};
const DECISION_KEYS: Readonly<Record<Proposal['decision'], string>> = {
  open: 'pool.undecided', accepted: 'pool.accepted', declined: 'pool.declined',
};
const KINDS = ['admit', 'keep', 'watch', 'exit'] as const;
const DECISIONS = ['open', 'accepted', 'declined'] as const;
type Shown = Proposal['decision'] | 'all';

/** What the scores propose, and what the meeting makes of it. */
export function Proposals({ round }: Readonly<{ round: RoundDetail }>) {
  const { t } = usePoolWords();
  const [params] = useUrlState();
  const asked = params.get('decision');
  const shown: Shown = DECISIONS.find((one) => one === asked) ?? 'all';
  const names = useNames(new Map([
    ['user', round.items.flatMap((one) => (one.decided_by === null ? [] : [one.decided_by]))],
  ]));
  const kind = KINDS.find((one) => one === params.get('kind')) ?? null;
  const items = round.items.filter((one) => (
    (shown === 'all' || one.decision === shown) && (kind === null || one.kind === kind)
  ));
  const closed = round.state === 'closed';
  return (
    <Panel
      flush title={t('pool.proposals')}
      tools={round.items.length > 0 && (
        <>
          <AcceptAll items={closed ? [] : items.filter((one) => one.decision === 'open')} />
          <Choices round={round} kind={kind} shown={shown} />
        </>
      )}
    >
      {round.items.length === 0 && (
        <Notice
          icon={ListChecks} title={t('pool.no_proposals')}
          text={t(closed ? 'pool.closed_without' : 'pool.no_proposals_text')}
        />
      )}
      {round.items.length > 0 && items.length === 0 && (
        <p className={styles.empty}>{t('list.none')}</p>
      )}
      <ul className={styles.list}>
        {items.map((item) => (
          <Item
            key={item.id} item={item} closed={closed} by={names('user', item.decided_by)}
          />
        ))}
      </ul>
    </Panel>
  );
}

function Choices({ round, kind, shown }: Readonly<{
  round: RoundDetail; kind: Proposal['kind'] | null; shown: Shown;
}>) {
  const { t } = usePoolWords();
  const [, change] = useUrlState();
  return (
    <>
      <Select<Proposal['kind'] | null>
        size="small" allowClear className={styles.choice} placeholder={t('pool.all_kinds')}
        aria-label={t('pool.kind')} value={kind}
        options={KINDS.map((value) => ({ value, label: t(KIND_KEYS[value]) }))}
        onChange={(next: Proposal['kind'] | null | undefined) => {
          change({ kind: next ?? null }, { replace: true });
        }}
      />
      <Segmented<Shown>
        size="small" aria-label={t('pool.decision')} value={shown}
        options={[
          { value: 'all', label: t('pool.all', { n: round.items.length }) },
          ...DECISIONS.map((value) => ({
            value, label: `${t(DECISION_KEYS[value])} ${round.proposals[value]}`,
          })),
        ]}
        onChange={(next) => {
          change({ decision: next === 'all' ? null : next }, { replace: true });
        }}
      />
    </>
  );
}

/** What nobody speaks against, in one go: each decision is one of its own and may fail alone. */
function AcceptAll({ items }: Readonly<{ items: readonly Proposal[] }>) {
  const { t } = usePoolWords();
  const [left, setLeft] = useState<number | null>(null);
  const stopped = useRef(false);
  const run = usePoolChange(async () => {
    stopped.current = false;
    let done = 0;
    for (const item of items) {
      if (stopped.current) break;
      setLeft(items.length - done);
      await decide(item.id, 'accept', null);
      done += 1;
    }
    return done;
  }, (done) => {
    setLeft(null);
    showToast({ tone: 'success', text: t('pool.accepted_n', { n: done }) });
  }, (error) => {
    setLeft(null);
    showToast({ tone: 'error', text: problemText(asProblem(error), t) });
  });
  if (left !== null) {
    return (
      <Button
        size="small"
        onClick={() => {
          stopped.current = true;
        }}
      >
        {t('pool.accepting', { n: left })}
      </Button>
    );
  }
  if (items.length < 2) return null;
  return (
    <Popconfirm
      title={t('pool.accept_all_ask', { n: items.length })}
      okText={t('pool.accept')} cancelText={t('action.cancel')}
      onConfirm={() => {
        run.mutate();
      }}
    >
      <Button size="small">{t('pool.accept_all', { n: items.length })}</Button>
    </Popconfirm>
  );
}

function Item({ item, closed, by }: Readonly<{
  item: Proposal; closed: boolean; by: string | undefined;
}>) {
  const { t } = usePoolWords();
  return (
    <li className={styles.entry}>
      <div className={styles.main}>
        <Link className={styles.name} to={`/pool?account=${item.account.id}`}>
          {item.account.name}
        </Link>
        <div className={styles.cardRow}>
          <StateTag state={(item.state ?? 'none') as PoolState} />
          <ArrowRight size={13} aria-hidden className={styles.arrow} />
          <span className={styles.kind} data-kind={item.kind}>{t(KIND_KEYS[item.kind])}</span>
          <TierTag tier={item.tier} />
          {item.score !== null && (
            <span className="faint tabular">
              {t('pool.points', { n: numberText(item.score) })}
            </span>
          )}
        </div>
        {item.note !== null && item.note !== '' && <p className={styles.reason}>{item.note}</p>}
      </div>
      {item.decision === 'open' && !closed ? <Deciding item={item} /> : (
        <span className={styles.decided} data-decision={item.decision}>
          {t(DECISION_KEYS[item.decision])}{by !== undefined && ` · ${by}`}
        </span>
      )}
    </li>
  );
}

function Deciding({ item }: Readonly<{ item: Proposal }>) {
  const { t } = usePoolWords();
  const [declining, setDeclining] = useState(false);
  const [note, setNote] = useState('');
  const run = usePoolChange(
    (decision: 'accept' | 'decline') => decide(item.id, decision, note.trim() || null),
    () => undefined,
    (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  );
  if (declining) {
    return (
      <form
        className={styles.deciding}
        onSubmit={(event) => {
          event.preventDefault();
          run.mutate('decline');
        }}
      >
        <Input
          autoFocus size="small" maxLength={2000} value={note} placeholder={t('pool.why_not')}
          aria-label={t('pool.why_not')}
          onChange={(event) => {
            setNote(event.target.value);
          }}
        />
        <Button size="small" htmlType="submit" danger loading={run.isPending}>
          {t('pool.decline')}
        </Button>
        <Button
          size="small" type="text"
          onClick={() => {
            setDeclining(false);
          }}
        >
          {t('action.cancel')}
        </Button>
      </form>
    );
  }
  return (
    <span className={styles.deciding}>
      <Button
        size="small" type="primary" loading={run.isPending}
        aria-label={`${t('pool.accept')} · ${item.account.name}`}
        onClick={() => {
          run.mutate('accept');
        }}
      >
        {t('pool.accept')}
      </Button>
      <Button
        size="small" aria-label={`${t('pool.decline')} · ${item.account.name}`}
        onClick={() => {
          setDeclining(true);
        }}
      >
        {t('pool.decline')}
      </Button>
    </span>
  );
}
