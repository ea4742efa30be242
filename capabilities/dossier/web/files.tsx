import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal, Progress } from 'antd';
import { FileText, Trash2, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Attachment } from '@/api/attachments';
import { attachmentQuery, attachmentUrl, sizeText } from '@/api/attachments';
import { upload } from '@/api/client';
import { fieldOf, useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { patchRecord, recordById } from '@/api/records';
import type { ObjectMeta } from '@/api/types';
import { idsOf } from '@/fields/attachments';
import { isWritable } from '@/fields/writable';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { useDropTarget } from '@/ui/drop-target';
import { Panel } from '@/ui/page';
import { Bone, Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import styles from './files.module.css';

const FIELD = 'files';
const PDF = 'application/pdf';
const isImage = (file: Attachment) => file.content_type.startsWith('image/');

type Props = Readonly<{ object: ObjectMeta; id: string }>;

function useFiles(object: ObjectMeta, id: string) {
  const { t } = useText();
  const client = useQueryClient();
  const query = recordById(object.api_name, id, [FIELD]);
  const found = useQuery(query);
  const ids = idsOf(found.data?.fields[FIELD] ?? null);
  const save = useMutation({
    mutationFn: (change: Readonly<{ before: readonly string[]; after: readonly string[] }>) => (
      patchRecord(object.api_name, id, {
        fields: { [FIELD]: change.after }, base: { [FIELD]: change.before },
      })
    ),
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['records', object.api_name] }),
  });
  return { found, ids, save };
}

/** The files of a record: seen, dropped in, taken out and brought back. */
export default function Files({ object, id }: Props) {
  const { t } = useText();
  const { found, ids, save } = useFiles(object, id);
  const [shown, setShown] = useState<Attachment | null>(null);
  const field = fieldOf(object, FIELD);
  const mayChange = field !== undefined && isWritable(field)
    && (found.data?.can?.includes('update') ?? false);
  if (found.isPending) return <TableSkeleton rows={3} columns={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const remove = (file: string) => {
    const after = ids.filter((one) => one !== file);
    save.mutate({ before: ids, after }, {
      onSuccess: () => {
        const perform = () => {
          save.mutate({ before: after, after: ids });
        };
        const action = { label: t('action.undo'), perform };
        showToast({ tone: 'info', text: t('dossier.file_removed'), action });
      },
    });
  };
  return (
    <Panel title={t('dossier.files')}>
      {mayChange && (
        <DropZone
          onSent={(made) => {
            save.mutate({ before: ids, after: [...ids, ...made] });
          }}
        />
      )}
      {ids.length === 0 && <p className="faint">{t('dossier.no_files')}</p>}
      <ul className={styles.files}>
        {ids.map((one) => (
          <FileCard
            key={one} id={one} onShow={setShown}
            onRemove={mayChange ? () => {
              remove(one);
            } : undefined}
          />
        ))}
      </ul>
      {shown && (
        <Preview
          file={shown}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
    </Panel>
  );
}

/** Files that are dropped or chosen are sent one after the other. */
function DropZone({ onSent }: Readonly<{ onSent: (ids: readonly string[]) => void }>) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const sending = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const made: string[] = [];
      try {
        for (const [index, file] of files.entries()) {
          const { id } = await upload<Attachment>('/attachments', file, (part) => {
            setShare((index + part) / files.length);
          });
          made.push(id);
        }
      } finally {
        if (made.length > 0) onSent(made);
      }
    },
  });
  const send = (files: FileList | null) => {
    if (files && files.length > 0 && !sending.isPending) sending.mutate([...files]);
  };
  const { over, handlers } = useDropTarget(true, (event) => {
    send(event.dataTransfer.files);
  });
  return (
    <div className={styles.zone} data-over={over} {...handlers}>
      <input
        ref={input} type="file" multiple hidden aria-label={t('dossier.choose_files')}
        onChange={(event) => {
          send(event.target.files);
          event.target.value = '';
        }}
      />
      {sending.isPending ? <Progress percent={Math.round(share * 100)} size="small" /> : (
        <>
          <span className="faint">{t('dossier.drop_files')}</span>
          <Button icon={<Upload size={15} aria-hidden />} onClick={() => input.current?.click()}>
            {t('dossier.choose_files')}
          </Button>
        </>
      )}
      {sending.isError && (
        <span className={styles.problem} role="alert">
          {problemText(asProblem(sending.error), t)}
        </span>
      )}
    </div>
  );
}

function FileCard({ id, onShow, onRemove }: Readonly<{
  id: string; onShow: (file: Attachment) => void; onRemove: (() => void) | undefined;
}>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const about = useQuery(attachmentQuery(id));
  const file = about.data;
  if (about.isError) return <li className={styles.card}>{t('attachment.gone')}</li>;
  if (!file) return <li className={styles.card}><Bone width="100%" height={120} /></li>;
  const previewed = isImage(file) || file.content_type === PDF;
  const face = isImage(file)
    ? <img src={attachmentUrl(id)} alt="" loading="lazy" />
    : <FileText size={34} strokeWidth={1.3} aria-hidden />;
  return (
    <li className={styles.card}>
      {previewed ? (
        <button
          type="button" className={styles.face}
          aria-label={t('dossier.show_file', { name: file.file_name })}
          onClick={() => {
            onShow(file);
          }}
        >
          {face}
        </button>
      ) : <span className={styles.face}>{face}</span>}
      <div className={styles.about}>
        <a href={attachmentUrl(id)} target="_blank" rel="noreferrer">{file.file_name}</a>
        <span className="faint tabular">
          {`${sizeText(file.size)} · ${formatDateTime(file.created_at, workspace.time_zone)}`}
        </span>
      </div>
      {onRemove && (
        <Button
          type="text" size="small" icon={<Trash2 size={14} aria-hidden />}
          aria-label={t('dossier.remove_file', { name: file.file_name })} onClick={onRemove}
        />
      )}
    </li>
  );
}

function Preview({ file, onClose }: Readonly<{ file: Attachment; onClose: () => void }>) {
  const { t } = useText();
  const url = attachmentUrl(file.id);
  return (
    <Modal open title={file.file_name} footer={null} width="min(960px, 96vw)" onCancel={onClose}>
      {isImage(file)
        ? <img className={styles.image} src={url} alt={file.file_name} />
        : (
          <object className={styles.pdf} data={url} type={PDF} aria-label={file.file_name}>
            <a href={url} target="_blank" rel="noreferrer">{t('dossier.open_file')}</a>
          </object>
        )}
    </Modal>
  );
}
