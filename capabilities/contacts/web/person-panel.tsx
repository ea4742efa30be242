import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { ExternalLink, Link2, NotebookPen, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { fieldOf, labelOf, useObjectMeta } from '@/api/meta';
import { deleteRecord, recordQuery, restoreRecord } from '@/api/records';
import { FieldValue } from '@/fields/field-value';
import { isEmptyValue } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { recordPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { showToast } from '@/ui/toast';
import { Concerns } from './concerns';
import type { MapPerson, PowerMap } from './map-api';
import { calledName, textOf, useRefreshMap, userName } from './map-api';
import { Messages } from './messages';
import { StanceMark, useStanceText } from './person-card';
import { useWords } from './use-words';
import styles from './map.module.css';

const NewStanding = lazy(() => import('./new-standing'));

const SHOWN = [
  'buying_role', 'reaction_mode', 'challenge', 'interest_organisational', 'interest_personal',
  'message',
];
const MOST_OPINIONS = 50;

type Props = Readonly<{
  map: PowerMap; person: MapPerson; narrow: boolean; onClose: () => void; onRelate: () => void;
}>;

/** One of theirs: how he stands by what evidence, since when, who of ours covers him. */
export function PersonPanel(props: Props) {
  const { t } = useText();
  const { person, narrow, onClose } = props;
  const link = (
    <Link to={recordPath('contact', person.id)} className={styles.back}>
      <ExternalLink size={14} aria-hidden />{t('people_map.card')}
    </Link>
  );
  if (narrow) {
    return (
      <Drawer
        open size="85%" placement="bottom" title={calledName(person)} extra={link}
        onClose={onClose}
      >
        <Inside {...props} />
      </Drawer>
    );
  }
  return (
    <aside className={styles.side} aria-label={calledName(person)}>
      <Panel
        title={calledName(person)}
        tools={(
          <>
            {link}
            <Button
              type="text" size="small" icon={<X size={15} aria-hidden />} onClick={onClose}
              aria-label={t('action.close')}
            />
          </>
        )}
      >
        <Inside {...props} />
      </Panel>
    </aside>
  );
}

function Inside({ map, person, onRelate }: Props) {
  const { t, language } = useText();
  const stanceText = useStanceText();
  const object = useObjectMeta('contact_standing');
  const [noting, setNoting] = useState(false);
  const { standing } = person;
  const fields = SHOWN.flatMap((name) => {
    const field = object && fieldOf(object, name);
    return field && !isEmptyValue(standing?.fields[name]) ? [field] : [];
  });
  return (
    <div className={styles.inside}>
      <p className={styles.stance}>
        <StanceMark person={person} /> <span>{stanceText(person)}</span>
      </p>
      {standing && (
        <p className={styles.evidence}>
          {textOf(standing.fields, 'evidence') || t('people_map.no_evidence')}
        </p>
      )}
      <dl className={styles.facts}>
        {standing && fields.map((field) => (
          <div key={field.api_name}>
            <dt>{labelOf(field.label, language, field.api_name)}</dt>
            <dd><FieldValue field={field} fields={standing.fields} /></dd>
          </div>
        ))}
      </dl>
      <div className={styles.actions}>
        {object?.rights.create && (
          <Button
            icon={<NotebookPen size={14} aria-hidden />}
            onClick={() => {
              setNoting(true);
            }}
          >
            {t('people_map.note_standing')}
          </Button>
        )}
        {person.can.includes('update') && (
          <Button icon={<Link2 size={14} aria-hidden />} onClick={onRelate}>
            {t('people_map.relate')}
          </Button>
        )}
      </div>
      <Concerns person={person} />
      <Messages map={map} person={person} />
      <Cover map={map} person={person} />
      <Lines map={map} person={person} />
      <Opinions person={person} />
      {noting && (
        <Suspense>
          <NewStanding
            map={map} person={person}
            onClose={() => {
              setNoting(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function Cover({ map, person }: Readonly<{ map: PowerMap; person: MapPerson }>) {
  const { t } = useText();
  return (
    <section>
      <h3 className={styles.heading}>{t('people_map.cover')}</h3>
      {person.covered_by.length === 0 && <p className={styles.warn}>{t('people_map.uncovered')}</p>}
      <ul className={styles.plain}>
        {person.covered_by.map(({ user, met_on: met, named }) => (
          <li key={user}>
            <b>{userName(map, user)}</b>
            <span className="faint">
              {[
                named ? t('people_map.named') : '',
                met === null ? '' : t('people_map.met_on', { day: met }),
              ].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Lines({ map, person }: Readonly<{ map: PowerMap; person: MapPerson }>) {
  const { t } = useText();
  const words = useWords();
  const refresh = useRefreshMap();
  const remove = useMutation({
    mutationFn: (id: string) => deleteRecord('contact_influence', id),
    onSuccess: (_, id) => {
      showToast({
        tone: 'success', text: t('people_map.line_removed'),
        action: {
          label: t('action.undo'),
          perform: () => void restoreRecord('contact_influence', id).then(refresh),
        },
      });
    },
    onSettled: refresh,
  });
  const name = (id: string) => {
    const found = map.people.find((one) => one.id === id);
    return found ? calledName(found) : '—';
  };
  const superior = textOf(person.fields, 'reports_to');
  const own = map.lines.filter(({ fields }) => (
    textOf(fields, 'from') === person.id || textOf(fields, 'to') === person.id
  ));
  if (superior === '' && own.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t('people_map.lines')}</h3>
      <ul className={styles.plain}>
        {superior !== '' && <li>{t('people_map.reports_to_whom', { name: name(superior) })}</li>}
        {own.map(({ id, fields }) => (
          <li key={id}>
            {t('people_map.line', {
              from: name(textOf(fields, 'from')), to: name(textOf(fields, 'to')),
              strength: words.strength(textOf(fields, 'strength')),
            })}
            {person.can.includes('update') && (
              <Button
                type="text" size="small" icon={<X size={13} aria-hidden />}
                aria-label={t('people_map.remove_line')}
                onClick={() => {
                  remove.mutate(id);
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Every opinion that was ever noted of him, the latest first. */
function Opinions({ person }: Readonly<{ person: MapPerson }>) {
  const { t } = useText();
  const object = useObjectMeta('contact_standing');
  const select = ['as_of', 'support', 'attitude', 'evidence', 'opportunity.name'].filter((name) => (
    object && fieldOf(object, name.split('.')[0] ?? '')
  ));
  const found = useQuery({
    ...recordQuery('contact_standing', {
      select, where: { op: 'eq', field: 'contact', value: person.id },
      sort: [{ field: 'as_of', dir: 'desc', nulls: 'last' }], page: { limit: MOST_OPINIONS },
    }),
    enabled: select.length > 0,
  });
  const attitude = object && fieldOf(object, 'attitude');
  const records = found.data?.records ?? [];
  if (records.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t('people_map.history')}</h3>
      <ol className={styles.plain}>
        {records.map(({ id, fields }) => (
          <li key={id} className={styles.opinion}>
            <time className="tabular">{textOf(fields, 'as_of') || '—'}</time>
            <b className="tabular">{textOf(fields, 'support')}</b>
            {attitude && <FieldValue field={attitude} fields={fields} emptyText="" />}
            <span className="faint">{textOf(fields, 'opportunity.name')}</span>
            <span className={styles.because}>{textOf(fields, 'evidence')}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
