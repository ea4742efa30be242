import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { ChevronLeft, FolderInput, Printer, Smartphone } from 'lucide-react';
import { Link, useNavigate, useParams } from 'react-router';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { canKeepPages, forgetPage, isPageKept, keepPage } from '@/lib/kept-pages';
import { Page, Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import type { CardPack } from './pack-api';
import { packFile, packPath, packQuery, returnPack } from './pack-api';
import { packHtml } from './pack-html';
import styles from './dossier.module.css';

const KEPT_HOURS = 36;
const MILLISECONDS_PER_HOUR = 3_600_000;

/** Cards that the reader has with him: to read, to print, to keep on the phone, to bring back. */
export default function PackPage() {
  const { t } = useText();
  const { id = '' } = useParams();
  const found = useQuery(packQuery(id));
  const pack = found.data;
  return (
    <Page
      narrow title={pack ? t('dossier.pack_of', { day: pack.day }) : t('dossier.packs')}
      note={pack?.mark}
      above={(
        <Link to="/packs" className={styles.back}>
          <ChevronLeft size={15} aria-hidden />
          {t('dossier.packs')}
        </Link>
      )}
      tools={pack && <Tools pack={pack} />}
    >
      {found.isPending && <TableSkeleton rows={6} columns={2} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {pack?.cards.map((card) => (
        <Panel key={card.account} title={card.name}>
          <p className="faint">{card.note}</p>
          {card.parts.map((part) => (
            <section key={part.heading} className={styles.cardPart}>
              <h3>{part.heading}</h3>
              <dl className={styles.cardLines}>
                {part.lines.map((line, index) => (
                  <div key={`${line.label}${index.toString()}`}>
                    <dt>{line.label}</dt>
                    <dd>{line.value}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </Panel>
      ))}
    </Page>
  );
}

function Tools({ pack }: Readonly<{ pack: CardPack }>) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const path = packPath(pack.id);
  const keptKey = ['dossier', 'kept', pack.id];
  const kept = useQuery({ queryKey: keptKey, queryFn: () => isPageKept(path) });
  const onError = (error: unknown) => {
    showToast({ tone: 'error', text: problemText(asProblem(error), t) });
  };
  const keep = useMutation({
    mutationFn: () => keepPage(
      path, packHtml(pack, t('dossier.pack_of', { day: pack.day }), language),
      new Date(Date.now() + KEPT_HOURS * MILLISECONDS_PER_HOUR),
    ),
    onSuccess: () => {
      client.setQueryData(keptKey, true);
      showToast({ tone: 'success', text: t('dossier.pack_kept', { hours: String(KEPT_HOURS) }) });
    },
    onError,
  });
  const bringBack = useMutation({
    mutationFn: async () => {
      await returnPack(pack.id);
      await forgetPage(path);
    },
    onSuccess: () => {
      showToast({ tone: 'success', text: t('dossier.pack_back') });
      void client.invalidateQueries({ queryKey: ['records', 'day_pack'] });
      client.removeQueries({ queryKey: packQuery(pack.id).queryKey });
      void navigate('/packs', { replace: true });
    },
    onError,
  });
  return (
    <>
      <Button
        type="primary" icon={<Printer size={15} aria-hidden />} href={packFile(pack.id)}
        target="_blank" rel="noopener"
      >
        {t('dossier.pack_file')}
      </Button>
      {canKeepPages() && (
        <Button
          icon={<Smartphone size={15} aria-hidden />} loading={keep.isPending}
          disabled={kept.data === true}
          onClick={() => {
            keep.mutate();
          }}
        >
          {t(kept.data === true ? 'dossier.pack_is_kept' : 'dossier.pack_keep')}
        </Button>
      )}
      <Button
        icon={<FolderInput size={15} aria-hidden />} loading={bringBack.isPending}
        onClick={() => {
          bringBack.mutate();
        }}
      >
        {t('dossier.pack_return')}
      </Button>
    </>
  );
}
