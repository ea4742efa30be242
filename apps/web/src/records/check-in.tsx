import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { MapPinCheck } from 'lucide-react';
import { checkIn, checkInQuery, NoPosition } from '@/api/check-in';
import { useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { showToast } from '@/ui/toast';

/** One tap that says "I am here", for who is asked to; nothing is refused without it. */
export function CheckIn({ visit, at }: Readonly<{ visit: string; at: string }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const client = useQueryClient();
  const { data } = useQuery(checkInQuery);
  const tap = useMutation({
    mutationFn: () => checkIn(visit, data?.decimals ?? 0),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['dossier'] });
      void client.invalidateQueries({ queryKey: ['records', 'visit'] });
      showToast({ tone: 'success', text: t('check_in.done') });
    },
    onError: (error) => {
      const text = error instanceof NoPosition
        ? t('check_in.no_position') : problemText(asProblem(error), t);
      showToast({ tone: error instanceof NoPosition ? 'info' : 'error', text });
    },
  });
  if (at !== '') {
    const time = formatDateTime(at, workspace.time_zone).slice(11);
    return <span className="faint tabular">{t('check_in.at', { time })}</span>;
  }
  if (!data?.asked) return null;
  return (
    <Button
      size="small" icon={<MapPinCheck size={14} aria-hidden />} loading={tap.isPending}
      title={t('check_in.note')}
      onClick={() => {
        tap.mutate();
      }}
    >
      {t('check_in.tap')}
    </Button>
  );
}
