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

/** A file that a form holds and may let go. */
export function FileRow({ id, onRemove }: Readonly<{ id: string; onRemove: () => void }>) {
  const { t } = useText();
  return (
    <span className={styles.row}>
      <FileLink id={id} />
      <Button
        size="small" type="text" icon={<X size={13} />} aria-label={t('attachment.remove')}
        onClick={onRemove}
      />
    </span>
  );
}

type SendProps = Readonly<{
  label: string;
  id?: string;
  invalid?: boolean;
  /** What the picker offers, as an input says it; a phone opens its camera or recorder for it. */
  accept?: string;
  onSent: (made: Attachment) => void;
}>;

/** A button that lets one choose a file, and sends it as soon as it is chosen. */
export function SendFile({ label, id, invalid = false, accept, onSent }: SendProps) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const sending = useMutation({
    mutationFn: (file: File) => upload<Attachment>('/attachments', file, setShare),
    onSuccess: onSent,
  });
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        capture={accept === undefined ? undefined : 'environment'}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) sending.mutate(file);
        }}
      />
      {sending.isPending ? (
        <Progress percent={Math.round(share * 100)} size="small" />
      ) : (
        <Button id={id} danger={invalid} onClick={() => input.current?.click()}>
          {label}
        </Button>
      )}
      {sending.isError && (
        <span className={styles.problem} role="alert">
          {problemText(asProblem(sending.error), t)}
        </span>
      )}
    </>
  );
}

/** Files are sent as soon as they are chosen; the record takes them when it is saved. */
export function AttachmentEditor({ field, value, id, invalid, onChange }: EditorProps) {
  const { t } = useText();
  const ids = idsOf(value);
  const give = (next: readonly string[]) => {
    if (field.many) onChange(next);
    else onChange(next.at(-1) ?? null);
  };
  return (
    <div className={styles.editor}>
      {ids.map((one) => (
        <FileRow
          key={one} id={one}
          onRemove={() => {
            give(ids.filter((other) => other !== one));
          }}
        />
      ))}
      <SendFile
        id={id} label={t('attachment.choose')} invalid={invalid}
        onSent={(made) => {
          give([...ids, made.id]);
        }}
      />
    </div>
  );
}
