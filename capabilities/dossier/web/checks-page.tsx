import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Segmented } from 'antd';
import { Check, CheckCheck } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { LoadMore } from '@/records/load-more';
import { recordPath } from '@/records/record-path';
import { Definition } from '@/ui/definition';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import type { CardCheck, CardPart, ToldCheck } from './checks-api';
import { askedOf, checkParts, checksOf } from './checks-api';
import Contradictions from './contradictions';
import { EVIDENCE_TEXTS, PART_TEXTS, textKey } from './text-keys';
import styles from './checks.module.css';

// As many as the server takes in one go.
const AT_ONCE = 50;

/** The weekly check of many cards: only what nothing has shown to be right is asked. */
export default function ChecksPage() {
  const { t } = useText();
  const [params, change] = useUrlState();
  const owner = params.get('owner') ?? '';
  const contrary = params.get('show') === 'contradictions';
  const between = Object.fromEntries(
    ['from', 'to'].map((name) => [name, params.get(name) ?? '']).filter(([, day]) => day !== ''),
  );
  return (
    <Page
      title={t('dossier.checks')} note={t('dossier.checks_note')}
      tools={(
        <Segmented
          value={contrary ? 'contradictions' : 'due'}
          options={[
            { value: 'due', label: t('dossier.checks_due') },
            { value: 'contradictions', label: t('dossier.contradictions') },
          ]}
          onChange={(show) => {
            change({ show: show === 'due' ? null : show, from: null, to: null });
          }}
        />
      )}
    >
      {contrary
        ? <Contradictions of={{ ...(owner === '' ? {} : { by: owner }), ...between }} />
        : <DueChecks key={owner} owner={owner} />}
    </Page>
  );
}

/** Ticks by account; without an entry nothing of the account is ticked. */
type Ticks = ReadonlyMap<string, ReadonlySet<CardPart['part']>>;

function useCheck(owner: string, onDone: () => void) {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (told: readonly ToldCheck[]) => {
      for (let at = 0; at < told.length; at += AT_ONCE) {
        await checkParts(told.slice(at, at + AT_ONCE));
      }
      return told.length;
    },
    onSuccess: (count) => {
      showToast({ tone: 'success', text: t('dossier.checks_noted', { count }) });
      onDone();
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['dossier'] }),
    mutationKey: ['dossier', 'checks', owner],
  });
}

function DueChecks({ owner }: Readonly<{ owner: string }>) {
  const { t } = useText();
  const found = useInfiniteQuery(checksOf(owner));
  const [ticks, setTicks] = useState<Ticks>(new Map());
  const checks = found.data?.pages.flatMap((page) => page.checks) ?? [];
  const check = useCheck(owner, () => {
    setTicks(new Map());
  });
  const tick = (account: string, part: CardPart['part'], on: boolean) => {
    const parts = new Set(ticks.get(account));
    if (on) parts.add(part);
    else parts.delete(part);
    setTicks(new Map(ticks).set(account, parts));
  };
  const everything = checks.map((one) => ({ account: one.account.id, parts: askedOf(one) }));
  const ticked = tickedOf(everything, ticks);
  if (found.isPending) return <TableSkeleton rows={8} columns={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (checks.length === 0) {
    return (
      <Notice
        icon={CheckCheck} title={t('dossier.checks_none')} text={t('dossier.checks_none_text')}
      />
    );
  }
  return (
    <Panel
      flush
      title={(
        <>
          {t('dossier.checks_of', { count: checks.length })}
          <Definition of={t('dossier.checks')} text={t('dossier.checks_how')} />
        </>
      )}
      tools={(
        <Save
          ticked={ticked} everything={everything} busy={check.isPending} onCheck={check.mutate}
        />
      )}
    >
      <ul className={styles.checks}>
        {checks.map((one) => (
          <Row
            key={one.account.id} check={one} ticks={ticks.get(one.account.id)}
            busy={check.isPending}
            onTick={(part, on) => {
              tick(one.account.id, part, on);
            }}
            onDone={() => {
              check.mutate([{ account: one.account.id, parts: askedOf(one) }]);
            }}
          />
        ))}
      </ul>
      <LoadMore
        hasMore={found.hasNextPage} loading={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </Panel>
  );
}

function tickedOf(everything: readonly ToldCheck[], ticks: Ticks): ToldCheck[] {
  return everything.map(({ account, parts }) => ({
    account, parts: parts.filter((part) => ticks.get(account)?.has(part) ?? false),
  })).filter(({ parts }) => parts.length > 0);
}

function Save({ ticked, everything, busy, onCheck }: Readonly<{
  ticked: readonly ToldCheck[]; everything: readonly ToldCheck[]; busy: boolean;
  onCheck: (told: readonly ToldCheck[]) => void;
}>) {
  const { t } = useText();
  return (
    <>
      {ticked.length > 0 && (
        <Button
          disabled={busy}
          onClick={() => {
            onCheck(ticked);
          }}
        >
          {t('dossier.checks_ticked')}
        </Button>
      )}
      <Button
        type="primary" icon={<CheckCheck size={15} aria-hidden />} loading={busy}
        onClick={() => {
          onCheck(everything);
        }}
      >
        {t('dossier.checks_all')}
      </Button>
    </>
  );
}

function Row({ check, ticks, busy, onTick, onDone }: Readonly<{
  check: CardCheck; ticks: ReadonlySet<CardPart['part']> | undefined; busy: boolean;
  onTick: (part: CardPart['part'], on: boolean) => void; onDone: () => void;
}>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const { id, name } = check.account;
  const last = check.checked_at === null ? t('dossier.checks_never') : t('dossier.checks_last', {
    day: formatDateTime(check.checked_at, workspace.time_zone).slice(0, 10),
  });
  return (
    <li>
      <span className={styles.account}>
        <Link to={`${recordPath('account', id)}?tab=card`}>{name}</Link>
        <span className="faint tabular">{last}</span>
      </span>
      <span className={styles.parts} role="group" aria-label={name}>
        {check.parts.map((part) => (part.state === 'asked' ? (
          <Checkbox
            key={part.part} checked={ticks?.has(part.part) ?? false} disabled={busy}
            onChange={(event) => {
              onTick(part.part, event.target.checked);
            }}
          >
            {t(textKey(PART_TEXTS, part.part))}
          </Checkbox>
        ) : <Shown key={part.part} part={part} />))}
      </span>
      <Button
        size="small" className={styles.row} disabled={busy} onClick={onDone}
        aria-label={t('dossier.checks_row_of', { name })}
      >
        {t(askedOf(check).length === 0 ? 'dossier.checks_row_right' : 'dossier.checks_row')}
      </Button>
    </li>
  );
}

/** A part that needs nobody: what has shown it, or who has said it, and when. */
function Shown({ part }: Readonly<{ part: CardPart }>) {
  const { t } = useText();
  const why = part.evidence === null
    ? t('dossier.checks_by', { name: part.by || t('dossier.somebody') })
    : t(textKey(EVIDENCE_TEXTS, part.evidence));
  return (
    <span className={styles.shown}>
      <Check size={14} aria-hidden />
      {t(textKey(PART_TEXTS, part.part))}
      <span className="faint tabular">{why} {part.on?.slice(5)}</span>
    </span>
  );
}
