import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { Clock } from 'lucide-react';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { dossierOf, fieldText, timelineOf } from './dossier-api';
import { Entry } from './entry';
import { KINDS, PROCESSES } from './entry-text';
import { KIND_TEXTS, PROCESS_TEXTS, textKey } from './text-keys';
import styles from './dossier.module.css';

/** Everything that happened with an account, newest first. */
export default function Timeline({ id }: Readonly<{ id: string }>) {
  const { t } = useText();
  const [params] = useUrlState();
  const kinds = params.get('kinds') ?? '';
  const who = params.get('who') ?? '';
  const found = useInfiniteQuery(timelineOf(id, kinds, who));
  const entries = found.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Panel
      title={t('dossier.timeline')}
      tools={<Filters id={id} kinds={kinds} who={who} />}
    >
      {found.isPending && <TableSkeleton rows={6} columns={2} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && entries.length === 0 && (
        <Notice icon={Clock} title={t('dossier.nothing_yet')} />
      )}
      <ol className={styles.timeline}>
        {entries.map((entry) => <Entry key={entry.kind + entry.id} entry={entry} />)}
      </ol>
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('dossier.more')}
        </Button>
      )}
    </Panel>
  );
}

/** By our process, by kind, and by one of the customer's people or of ours. */
function Filters({ id, kinds, who }: Readonly<{ id: string; kinds: string; who: string }>) {
  const { t } = useText();
  const [, change] = useUrlState();
  const dossier = useQuery(dossierOf(id)).data;
  const process = Object.entries(PROCESSES).find(([, own]) => own.join(',') === kinds)?.[0];
  const people = [
    {
      label: t('dossier.people'),
      options: (dossier?.people ?? []).map((person) => (
        { value: `contact:${person.id}`, label: fieldText(person, 'name') }
      )),
    },
    {
      label: t('dossier.ours'),
      options: (dossier?.team ?? []).map((member) => (
        { value: `user:${fieldText(member, 'user')}`, label: fieldText(member, 'user.name') }
      )),
    },
  ];
  return (
    <>
      <Select
        allowClear style={{ minWidth: 140 }} value={process ?? null} options={
          Object.keys(PROCESSES).map((key) => (
            { value: key, label: t(textKey(PROCESS_TEXTS, key)) }
          ))
        }
        aria-label={t('dossier.process')} placeholder={t('dossier.process')}
        onChange={(next: string | undefined) => {
          change({ kinds: PROCESSES[next ?? '']?.join(',') }, { replace: true });
        }}
      />
      <Select
        mode="multiple" allowClear maxTagCount="responsive" style={{ minWidth: 180 }}
        aria-label={t('dossier.kinds')} placeholder={t('dossier.kinds')}
        value={kinds === '' ? [] : kinds.split(',')}
        options={KINDS.map((kind) => ({ value: kind, label: t(textKey(KIND_TEXTS, kind)) }))}
        onChange={(next: string[]) => {
          change({ kinds: next.join(',') }, { replace: true });
        }}
      />
      <Select
        showSearch allowClear optionFilterProp="label" style={{ minWidth: 140 }}
        aria-label={t('dossier.person')} placeholder={t('dossier.person')}
        value={who === '' ? null : who} options={people}
        onChange={(next: string | undefined) => {
          change({ who: next }, { replace: true });
        }}
      />
    </>
  );
}
