import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { SaveChanges } from '@/ui/save-changes';
import { Bone, Failed } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { inboxKey, preferencesQuery, savePreferences } from './inbox-api';
import type { InboxEntry, Preferences, Way } from './inbox-api';
import { INBOX_TEXTS, textKey, WAY_TEXTS } from './text-keys';
import styles from './inbox.module.css';

const KINDS: readonly InboxEntry['kind'][] = [
  'mention', 'comment', 'complaint', 'task', 'record_cause', 'owner_request', 'owner_approved',
  'owner_refused',
];
const WAYS: readonly Way[] = ['at_once', 'digest', 'never'];
const USUAL_QUIET = { from: '21:30', until: '08:00' } as const;
const USUAL_DIGEST = '08:30';

/** How one wants to be told of news: which kinds at once, the digest, the quiet hours. */
export default function Notices() {
  const found = useQuery(preferencesQuery);
  if (found.isPending) return <Panel><Bone width="100%" height={220} /></Panel>;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return <Form stored={found.data} />;
}

type PartProps = Readonly<{
  values: Preferences;
  set: (change: Partial<Preferences>) => void;
}>;

function Form({ stored }: Readonly<{ stored: Preferences }>) {
  const { t } = useText();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Partial<Preferences>>({});
  const save = useMutation({
    mutationFn: () => savePreferences(draft),
    onSuccess: async (now) => {
      client.setQueryData(preferencesQuery.queryKey, now);
      setDraft({});
      await client.invalidateQueries({ queryKey: inboxKey });
      showToast({ tone: 'success', text: t('dossier.notices_saved') });
    },
  });
  const values = { ...stored, ...draft };
  const set = (change: Partial<Preferences>) => {
    setDraft({ ...draft, ...change });
  };
  const changed = Object.keys(draft).length > 0;
  return (
    <Panel>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (changed) save.mutate();
        }}
      >
        <Kinds values={values} set={set} />
        <DigestTime values={values} set={set} />
        <Quiet values={values} set={set} />
        {save.error && <p role="alert">{problemText(asProblem(save.error), t)}</p>}
        <SaveChanges
          changed={changed} busy={save.isPending}
          onDiscard={() => {
            save.reset();
            setDraft({});
          }}
        />
      </form>
    </Panel>
  );
}

function Kinds({ values, set }: PartProps) {
  const { t } = useText();
  return (
    <fieldset className={styles.group}>
      <legend>{t('dossier.notices_kinds')}</legend>
      {KINDS.map((kind) => (
        <label key={kind} className={styles.row}>
          <span className={styles.label}>{t(textKey(INBOX_TEXTS, kind))}</span>
          <Select<Way>
            value={values.kinds[kind]} popupMatchSelectWidth={false} style={{ width: 180 }}
            options={WAYS.map((way) => ({ value: way, label: t(textKey(WAY_TEXTS, way)) }))}
            onChange={(way) => {
              const kinds = { ...values.kinds, [kind]: way };
              const waits = way === 'digest' && values.digest_at === null;
              set(waits ? { kinds, digest_at: USUAL_DIGEST } : { kinds });
            }}
          />
        </label>
      ))}
    </fieldset>
  );
}

type TimeProps = Readonly<{ label: string; value: string; onChange: (time: string) => void }>;

function Time({ label, value, onChange }: TimeProps) {
  return (
    <Input
      type="time" required aria-label={label} className={styles.time} value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    />
  );
}

function DigestTime({ values, set }: PartProps) {
  const { t } = useText();
  const waits = Object.values(values.kinds).includes('digest');
  return (
    <fieldset className={styles.group}>
      <legend>{t('dossier.digest')}</legend>
      <div className={styles.row}>
        <label className={styles.times}>
          <Switch
            checked={values.digest_at !== null} disabled={waits}
            onChange={(on) => {
              set({ digest_at: on ? USUAL_DIGEST : null });
            }}
          />
          <span>{t('dossier.digest_on')}</span>
        </label>
        {values.digest_at !== null && (
          <Time
            label={t('dossier.digest_at')} value={values.digest_at}
            onChange={(digest_at) => {
              set({ digest_at });
            }}
          />
        )}
      </div>
      <p className={styles.note}>{t('dossier.digest_note')}</p>
    </fieldset>
  );
}

function Quiet({ values, set }: PartProps) {
  const { t } = useText();
  const { quiet } = values;
  return (
    <fieldset className={styles.group}>
      <legend>{t('dossier.quiet')}</legend>
      <div className={styles.row}>
        <label className={styles.times}>
          <Switch
            checked={quiet !== null}
            onChange={(on) => {
              set({ quiet: on ? USUAL_QUIET : null });
            }}
          />
          <span>{t('dossier.quiet_on')}</span>
        </label>
        {quiet && (
          <span className={styles.times}>
            <Time
              label={t('dossier.quiet_from')} value={quiet.from}
              onChange={(from) => {
                set({ quiet: { ...quiet, from } });
              }}
            />
            <span aria-hidden>–</span>
            <Time
              label={t('dossier.quiet_until')} value={quiet.until}
              onChange={(until) => {
                set({ quiet: { ...quiet, until } });
              }}
            />
          </span>
        )}
      </div>
      {quiet && (
        <label className={styles.times}>
          <Switch
            checked={values.critical_through}
            onChange={(critical_through) => {
              set({ critical_through });
            }}
          />
          <span>{t('dossier.critical_through')}</span>
        </label>
      )}
      <p className={styles.note}>{t('dossier.quiet_note', { zone: values.time_zone })}</p>
    </fieldset>
  );
}
