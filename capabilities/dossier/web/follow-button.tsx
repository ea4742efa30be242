import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Tooltip } from 'antd';
import { Bell, BellOff } from 'lucide-react';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { showToast } from '@/ui/toast';
import { follow, followersOf, inboxKey } from './inbox-api';

/** Whether the reader is told of the account; who else is, on hover. */
export function FollowButton({ account }: Readonly<{ account: string }>) {
  const { t } = useText();
  const client = useQueryClient();
  const query = followersOf(account);
  const found = useQuery(query);
  const following = found.data?.following ?? false;
  const change = useMutation({
    mutationFn: () => follow(account, !following),
    onSuccess: (now) => {
      client.setQueryData(query.queryKey, now);
      void client.invalidateQueries({ queryKey: inboxKey, exact: true });
      showToast({
        tone: 'success', text: t(now.following ? 'dossier.followed' : 'dossier.unfollowed'),
      });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  const names = (found.data?.followers ?? []).map(({ name }) => name).join('、');
  const Icon = following ? BellOff : Bell;
  return (
    <Tooltip title={names === '' ? undefined : t('dossier.followers', { names })}>
      <Button
        icon={<Icon size={15} aria-hidden />} loading={change.isPending} disabled={!found.data}
        aria-pressed={following}
        onClick={() => {
          change.mutate();
        }}
      >
        {t(following ? 'dossier.unfollow' : 'dossier.follow')}
      </Button>
    </Tooltip>
  );
}
