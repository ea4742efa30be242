import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { Lock, Plus } from 'lucide-react';
import { useState } from 'react';
import { useObjectMeta } from '@/api/meta';
import { formatCount } from '@/lib/money';
import { useNames } from '@/records/use-names';
import type { NameOf } from '@/records/use-names';
import { Page } from '@/ui/page';
import { Bone, Failed, Notice } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { useNarrow } from '@/ui/use-narrow';
import { PoolPages } from '../parts';
import { boardQuery } from '../pool-api';
import type { Board, BoardEntry, PoolState } from '../pool-api';
import { actInto, STATES, usePoolWords } from '../words';
import { AccountDrawer } from './account-drawer';
import { Card } from './card';
import { ChooseAccount } from './choose-account';
import styles from '../pool.module.css';

/** Which accounts are key accounts, which may become some, and what waits for a decision. */
export default function BoardPage() {
  const { t } = usePoolWords();
  const [params, change] = useUrlState();
  const object = useObjectMeta('pool_entry');
  const found = useQuery({ ...boardQuery, enabled: object !== undefined });
  const account = params.get('account');
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  return (
    <Page
      title={t('pool.title')} above={<PoolPages />}
      note={found.data ? <Advice advice={found.data.advice} /> : t('pool.note')}
      tools={(
        <Button
          type="primary" icon={<Plus size={14} aria-hidden />}
          onClick={() => {
            change({ choose: '1' }, { replace: true });
          }}
        >
          {t('pool.add')}
        </Button>
      )}
    >
      {found.isPending && <BoardSkeleton />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Lanes board={found.data} />}
      {params.get('choose') === '1' && (
        <ChooseAccount
          onChosen={(id) => {
            change({ choose: null, account: id }, { replace: true });
          }}
          onClose={() => {
            change({ choose: null }, { replace: true });
          }}
        />
      )}
      {account !== null && (
        <AccountDrawer
          key={account} account={account}
          onClose={() => {
            change({ account: null, act: null }, { replace: true });
          }}
        />
      )}
    </Page>
  );
}

function Advice({ advice }: Readonly<{ advice: Board['advice'] }>) {
  const { t } = usePoolWords();
  const key = advice.organisation === 'department' ? 'pool.advice_department'
    : 'pool.advice_executives';
  return <>{t(key, { n: formatCount(advice.size), from: formatCount(advice.from) })}</>;
}

function BoardSkeleton() {
  return (
    <div className={styles.board} role="status">
      {STATES.map((state) => (
        <div className={styles.lane} key={state}>
          <div className={styles.laneHead}><Bone width={90} /></div>
          <div className={styles.cards}>
            <Bone width="100%" height={84} /><Bone width="100%" height={84} />
          </div>
        </div>
      ))}
    </div>
  );
}

type LanesProps = Readonly<{ board: Board }>;

function useDrop(dragged: BoardEntry | null) {
  const [, change] = useUrlState();
  return {
    takes: (state: PoolState) => {
      const act = dragged && actInto(dragged.state, state);
      return act !== null && dragged !== null && dragged.state !== state
        && dragged.may.includes(act);
    },
    drop: (state: PoolState) => {
      if (!dragged) return;
      change({ account: dragged.account.id, act: actInto(dragged.state, state) });
    },
  };
}

function Lanes({ board }: LanesProps) {
  const { t, stateName } = usePoolWords();
  const narrow = useNarrow();
  const [params, change] = useUrlState();
  const [dragged, setDragged] = useState<BoardEntry | null>(null);
  const onto = useDrop(dragged);
  const names = useNames(new Map([
    ['user', board.entries.flatMap(({ owner }) => (owner === null ? [] : [owner]))],
  ]));
  const chosen = STATES.find((state) => state === params.get('state')) ?? firstBusy(board);
  const shown = narrow ? [chosen] : STATES;
  const countOf = (state: PoolState) => (
    board.states.find((one) => one.state === state)?.accounts ?? 0
  );
  return (
    <>
      {narrow && (
        <Select<PoolState>
          aria-label={t('pool.state')} value={chosen}
          options={STATES.map((value) => (
            { value, label: `${stateName(value)} (${formatCount(countOf(value))})` }
          ))}
          onChange={(state) => {
            change({ state }, { replace: true });
          }}
        />
      )}
      <div className={styles.board}>
        {shown.map((state) => (
          <Lane
            key={state} state={state} count={countOf(state)} names={names}
            entries={board.entries.filter((entry) => entry.state === state)}
            target={onto.takes(state)}
            onDrag={setDragged}
            onDrop={() => {
              onto.drop(state);
            }}
          />
        ))}
      </div>
      {board.truncated && <p className="faint">{t('pool.truncated')}</p>}
    </>
  );
}

function firstBusy(board: Board): (typeof STATES)[number] {
  const waits = board.entries.some(({ state }) => state === 'requested');
  return waits ? 'requested' : 'in_pool';
}

type LaneProps = Readonly<{
  state: PoolState; count: number; entries: readonly BoardEntry[]; names: NameOf; target: boolean;
  onDrag: (entry: BoardEntry | null) => void; onDrop: () => void;
}>;

function Lane({ state, count, entries, names, target, onDrag, onDrop }: LaneProps) {
  const { t, stateName, colourOf } = usePoolWords();
  const [, change] = useUrlState();
  const colour = `var(--tag-${colourOf('state', state)})`;
  return (
    <section
      className={target ? styles.target : styles.lane} aria-label={stateName(state)}
      onDragOver={(event) => {
        if (target) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        if (target) onDrop();
      }}
    >
      <header className={styles.laneHead}>
        <i className={styles.dot} style={{ background: colour }} />
        <h2 className={styles.laneName}>{stateName(state)}</h2>
        <span className="faint tabular">{formatCount(count)}</span>
      </header>
      <div className={styles.cards}>
        {entries.length === 0 && <p className={styles.empty}>{t('pool.empty_lane')}</p>}
        {entries.map((entry) => (
          <Card
            key={entry.account.id} entry={entry} owner={names('user', entry.owner)}
            onDrag={onDrag}
            onOpen={() => {
              change({ account: entry.account.id });
            }}
          />
        ))}
      </div>
    </section>
  );
}
