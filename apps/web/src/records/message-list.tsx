import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useMeta } from '@/api/meta';
import { noteSaid } from '@/api/people';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { todayIn } from '@/lib/dates';
import { showToast } from '@/ui/toast';
import styles from './records.module.css';

/** What we mean to say to people; a tick notes that it was said. */
export function MessageList({ messages }: Readonly<{ messages: readonly RecordRow[] }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const client = useQueryClient();
  const today = todayIn(workspace.time_zone);
  const refresh = () => client.invalidateQueries({ queryKey: ['records', 'contact_message'] });
  const said = useMutation({
    mutationFn: (id: string) => noteSaid(id, today, null),
    onSuccess: (_, id) => {
      showToast({
        tone: 'success', text: t('message.said'),
        action: {
          label: t('action.undo'), perform: () => void noteSaid(id, null, today).then(refresh),
        },
      });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
    onSettled: refresh,
  });
  return (
    <ul className={styles.messages}>
      {messages.map((row) => (
        <li key={row.id}>
          <Checkbox
            checked={false} disabled={!row.can.includes('update') || said.isPending}
            onChange={() => {
              said.mutate(row.id);
            }}
          >
            {asText(row.fields.text)}
          </Checkbox>
          <MessageNote row={row} />
        </li>
      ))}
    </ul>
  );
}

/** By whom, until when, at which visit, about what. */
export function MessageNote({ row }: Readonly<{ row: RecordRow }>) {
  const { t } = useText();
  const { fields } = row;
  const due = asText(fields.due_on);
  const parts = [
    asText(fields['owner.name']), due === '' ? '' : t('message.until', { day: due }),
    asText(fields['visit.subject']), asText(fields['opportunity.name']),
  ];
  return <span className="faint">{parts.filter(Boolean).join(' · ')}</span>;
}
