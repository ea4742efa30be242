import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Input } from 'antd';
import { ChevronLeft, ListOrdered, Plus } from 'lucide-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { formatCount, formatMoney } from '@/lib/money';
import { recordPath } from '@/records/record-path';
import { useDraft } from '@/ui/draft';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, PageSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import { Field } from '../parts';
import { isPoolState, usePoolChange } from '../pool-api';
import { StateTag } from '../tag';
import { usePoolWords } from '../words';
import { linesOf } from './paste';
import { Review } from './review';
import { addLines, listQuery, matchTargets } from './targets-api';
import type { Target, TargetList } from './targets-api';
import styles from '../pool.module.css';

/** One edition: who stands on it, who of them is an account, who came in and dropped out. */
export default function EditionPage() {
  const { id = '' } = useParams();
  const found = useQuery(listQuery(id));
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return <Edition list={found.data} />;
}

function Edition({ list }: Readonly<{ list: TargetList }>) {
  const { t } = usePoolWords();
  const [params, change] = useUrlState();
  const mayAdd = useObjectMeta('target_entry')?.rights.create ?? false;
  const known = list.entries.filter(({ account }) => account !== null).length;
  const open = list.entries.length - known;
  const empty = list.entries.length === 0;
  const paste = mayAdd && (
    <Button
      icon={<Plus size={14} aria-hidden />} type={empty ? 'primary' : 'default'}
      onClick={() => {
        change({ paste: '1' }, { replace: true });
      }}
    >
      {t('pool.paste')}
    </Button>
  );
  return (
    <Page
      title={list.name}
      above={(
        <Link className={styles.back} to="/pool/targets">
          <ChevronLeft size={14} aria-hidden />{t('pool.targets')}
        </Link>
      )}
      note={t('pool.matched_of', { n: formatCount(known), all: formatCount(list.entries.length) })}
      tools={empty ? undefined : <>{paste}{open > 0 && mayAdd && <Match list={list} />}</>}
    >
      {empty && (
        <Notice icon={ListOrdered} title={t('pool.no_targets')} text={t('pool.no_targets_text')}>
          {paste}
        </Notice>
      )}
      {open > 0 && <Review list={list.id} editable={mayAdd} />}
      {!empty && <Panel flush><Targets entries={list.entries} /></Panel>}
      {list.previous !== null && <Moves list={list} />}
      {params.get('paste') === '1' && mayAdd && (
        <Drawer
          open size={480} title={t('pool.paste')} destroyOnHidden
          onClose={() => {
            change({ paste: null }, { replace: true });
          }}
        >
          <Paste
            list={list.id}
            onDone={() => {
              change({ paste: null }, { replace: true });
            }}
          />
        </Drawer>
      )}
    </Page>
  );
}

function Match({ list }: Readonly<{ list: TargetList }>) {
  const { t } = usePoolWords();
  const match = usePoolChange((create: boolean) => matchTargets(list.id, create), (answer) => {
    const left = answer.entries.filter(({ account }) => account === null).length;
    showToast({ tone: 'success', text: t('pool.matched', { n: left }) });
  }, (error) => {
    showToast({ tone: 'error', text: problemText(asProblem(error), t) });
  });
  return (
    <>
      <Button
        loading={match.isPending}
        onClick={() => {
          match.mutate(true);
        }}
      >
        {t('pool.match_create')}
      </Button>
      <Button
        type="primary" loading={match.isPending}
        onClick={() => {
          match.mutate(false);
        }}
      >
        {t('pool.match')}
      </Button>
    </>
  );
}

function Targets({ entries }: Readonly<{ entries: readonly Target[] }>) {
  const { t } = usePoolWords();
  const { workspace } = useMeta();
  return (
    <div className={styles.scroll} role="region" aria-label={t('pool.targets')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('pool.target_name')}</th>
            <th scope="col">{t('pool.target_account')}</th>
            <th scope="col">{t('pool.state')}</th>
            <th scope="col">{t('pool.influence')}</th>
            <th scope="col" className="number">{t('pool.expected_volume')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, rank, name, account, pool_state, influence, expected_volume }) => (
            <tr key={id}>
              <th scope="row">
                {rank !== null && <span className={styles.rank}>{rank}</span>}{name}
              </th>
              <td data-label={t('pool.target_account')}>
                {account ? <Link to={recordPath('account', account.id)}>{account.name}</Link>
                  : <span className="faint">{t('pool.unmatched')}</span>}
              </td>
              <td data-label={t('pool.state')}>
                {!account && '—'}
                {account && isPoolState(pool_state) && <StateTag state={pool_state} />}
                {account && pool_state === 'none' && (
                  <Link to={`/pool?account=${account.id}&act=request`}>
                    {t('pool.fast_request')}
                  </Link>
                )}
              </td>
              <td data-label={t('pool.influence')}>{influence ?? '—'}</td>
              <td className="number" data-label={t('pool.expected_volume')}>
                {expected_volume === null ? '—'
                  : formatMoney(expected_volume, workspace.currency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Against the edition before. */
function Moves({ list }: Readonly<{ list: TargetList }>) {
  const { t } = usePoolWords();
  const groups = [
    ['pool.came_in', list.came_in], ['pool.dropped_out', list.dropped_out],
  ] as const;
  return (
    <div className={styles.pair}>
      {groups.map(([title, names]) => (
        <Panel key={title} title={t(title, { n: names.length })}>
          {names.length === 0 ? <p className={styles.said}>{t('pool.nobody')}</p> : (
            <ul className={styles.names}>{names.map((name) => <li key={name}>{name}</li>)}</ul>
          )}
        </Panel>
      ))}
    </div>
  );
}

function Paste({ list, onDone }: Readonly<{ list: string; onDone: () => void }>) {
  const { t } = usePoolWords();
  const [text, setText, clear] = useDraft(`targets.${list}`, '');
  const [tried, setTried] = useState(false);
  const lines = linesOf(text);
  const save = usePoolChange(() => addLines(list, lines), () => {
    clear();
    onDone();
  });
  const missing = tried && lines.length === 0 ? t('pool.needs_names') : undefined;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (lines.length > 0) save.mutate();
      }}
    >
      <Field
        label={t('pool.paste_label')} id="targets-paste" note={t('pool.paste_note')}
        error={save.error ? problemText(asProblem(save.error), t) : missing}
      >
        <Input.TextArea
          id="targets-paste" autoFocus autoSize={{ minRows: 10, maxRows: 24 }} value={text}
          placeholder={t('pool.paste_example')}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
      </Field>
      <div className={styles.acts}>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {lines.length === 0 ? t('pool.paste_add') : t('pool.paste_add_n', { n: lines.length })}
        </Button>
        <Link to="/import">{t('pool.import_file')}</Link>
      </div>
    </form>
  );
}
