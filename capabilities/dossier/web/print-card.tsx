import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { Printer } from 'lucide-react';
import { useNavigate } from 'react-router';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { showToast } from '@/ui/toast';
import { packPath, takeCard } from './pack-api';

/** Checks the card of one account out, to be printed or read on the way. */
export function PrintCard({ id }: Readonly<{ id: string }>) {
  const { t } = useText();
  const navigate = useNavigate();
  const take = useMutation({
    mutationFn: () => takeCard(id),
    onSuccess: (pack) => navigate(packPath(pack.id)),
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  return (
    <Button
      icon={<Printer size={15} aria-hidden />} loading={take.isPending}
      onClick={() => {
        take.mutate();
      }}
    >
      {t('dossier.print_card')}
    </Button>
  );
}
