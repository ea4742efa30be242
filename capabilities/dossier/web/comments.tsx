import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Mentions } from 'antd';
import { MessageSquare } from 'lucide-react';
import { useState } from 'react';
import { useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { createRecord, recordQuery } from '@/api/records';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { useDraft } from '@/ui/draft';
import { Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { commentsOf } from './inbox-api';
import { mentionedIn } from './mentioned';
import styles from './dossier.module.css';

const MAX_BODY = 2_000;
const CHOICES = 20;

/** What our people say about the account, newest first. */
export default function Comments({ id }: Readonly<{ id: string }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const object = useObjectMeta('comment');
  const found = useQuery(commentsOf(id));
  const comments = found.data?.records ?? [];
  return (
    <Panel title={t('dossier.comments')}>
      {object?.rights.create && <Composer account={id} />}
      {found.isPending && <TableSkeleton rows={3} columns={1} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && comments.length === 0 && (
        <Notice icon={MessageSquare} title={t('dossier.no_comments')} />
      )}
      <ol className={styles.timeline}>
        {comments.map(({ id: comment, fields }) => (
          <li key={comment} className={styles.entry}>
            <MessageSquare size={15} aria-hidden className={styles.entryIcon} />
            <div className={styles.entryBody}>
              <div className={styles.entryHead}>
                <span>{asText(fields['author.name'])}</span>
                <time className={styles.entryWhen}>
                  {formatDateTime(asText(fields.written_at), workspace.time_zone)}
                </time>
              </div>
              <p className={styles.entryText}>{asText(fields.body)}</p>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Composer({ account }: Readonly<{ account: string }>) {
  const { t } = useText();
  const client = useQueryClient();
  const [body, setBody, clear] = useDraft<string>(`comment.${account}`, '');
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const [search, setSearch] = useState('');
  const people = useQuery(recordQuery('user', {
    select: ['name'], search: search || undefined, page: { limit: CHOICES },
    where: { op: 'eq', field: 'active', value: true },
  }));
  const save = useMutation({
    mutationFn: () => createRecord('comment', {
      account, body: body.trim(), mentions: mentionedIn(body, chosen),
    }),
    onSuccess: async () => {
      clear();
      setBody('');
      await client.invalidateQueries({ queryKey: ['records', 'comment'] });
    },
  });
  const problem = save.error ? asProblem(save.error) : null;
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim() !== '') save.mutate();
      }}
    >
      <Mentions
        value={body} onChange={setBody} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={MAX_BODY}
        aria-label={t('dossier.comment')} placeholder={t('dossier.comment_hint')}
        loading={people.isFetching} filterOption={false} onSearch={setSearch}
        options={(people.data?.records ?? []).map((one) => ({
          key: one.id, value: asText(one.fields.name), label: asText(one.fields.name),
        }))}
        onSelect={(option) => {
          const person = people.data?.records.find(
            ({ fields }) => asText(fields.name) === option.value,
          );
          if (person) setChosen(new Map(chosen).set(person.id, asText(person.fields.name)));
        }}
      />
      {problem && <p role="alert" className={styles.problem}>{problemText(problem, t)}</p>}
      <Button
        type="primary" htmlType="submit" loading={save.isPending} disabled={body.trim() === ''}
      >
        {t('dossier.comment_save')}
      </Button>
    </form>
  );
}
