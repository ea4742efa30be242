import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { Paperclip, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Attachment } from '@/api/attachments';
import { attachmentQuery, attachmentUrl, sizeText } from '@/api/attachments';
import { upload } from '@/api/client';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import styles from './attachments.module.css';
import type { DisplayProps, EditorProps } from './widget';
import { asText } from './widget';
import type { Value } from '@/api/types';

/** The files that a field holds. */
export function idsOf(value: Value): readonly string[] {
  if (Array.isArray(value)) return value.map(asText);
  const one = asText(value);
  return one === '' ? [] : [one];
}

/** A file by its name; it opens where a browser may show it, else it is downloaded. */
function FileLink({ id }: Readonly<{ id: string }>) {
  const { t } = useText();
  const about = useQuery(attachmentQuery(id));
  if (about.isError) return <span className="faint">{t('attachment.gone')}</span>;
  const name = about.data?.file_name ?? t('state.loading');
  return (
    <a className={styles.file} href={attachmentUrl(id)} target="_blank" rel="noreferrer">
      <Paperclip size={13} aria-hidden />
      <span>{name}</span>
      {about.data && <span className="faint">{sizeText(about.data.size)}</span>}
    </a>
  );
}

export function AttachmentDisplay({ value }: DisplayProps) {
  return (
    <span className={styles.files}>
      {idsOf(value).map((id) => <FileLink key={id} id={id} />)}
    </span>
  );
}

/** Files are sent as soon as they are chosen; the record takes them when it is saved. */
export function AttachmentEditor({ field, value, id, invalid, onChange }: EditorProps) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const ids = idsOf(value);
  const give = (next: readonly string[]) => {
    if (field.many) onChange(next);
    else onChange(next.at(-1) ?? null);
  };
  const sending = useMutation({
    mutationFn: (file: File) => upload<Attachment>('/attachments', file, setShare),
    onSuccess: (made) => {
      give([...ids, made.id]);
    },
  });
  return (
    <div className={styles.editor}>
      {ids.map((one) => (
        <span key={one} className={styles.row}>
          <FileLink id={one} />
          <Button
            size="small"
            type="text"
            icon={<X size={13} />}
            aria-label={t('attachment.remove')}
            onClick={() => {
              give(ids.filter((other) => other !== one));
            }}
          />
        </span>
      ))}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('attachment.choose')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) sending.mutate(file);
        }}
      />
      {sending.isPending ? (
        <Progress percent={Math.round(share * 100)} size="small" />
      ) : (
        <Button id={id} size="small" danger={invalid} onClick={() => input.current?.click()}>
          {t('attachment.choose')}
        </Button>
      )}
      {sending.isError && (
        <span className={styles.problem} role="alert">
          {problemText(asProblem(sending.error), t)}
        </span>
      )}
    </div>
  );
}
