import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { fieldOf, useObjectMeta } from '@/api/meta';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { recordPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import type { Dossier } from './dossier-api';
import { fieldText } from './dossier-api';
import { Entry } from './entry';
import { Figures } from './figures';
import { Rail } from './rail';
import styles from './dossier.module.css';

const Contradictions = lazy(() => import('./contradictions'));

/** Who they are, how they do, what happened last; beside it what is to be done. */
export function OverviewTab({ dossier }: Readonly<{ dossier: Dossier }>) {
  const { t } = useText();
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <Panel><Figures figures={dossier.figures} account={dossier.account.id} /></Panel>
        <Suspense fallback={null}>
          <Contradictions of={{ account: dossier.account.id }} quiet />
        </Suspense>
        <People dossier={dossier} />
        <Panel title={t('dossier.recent')}>
          {dossier.timeline.entries.length === 0 && (
            <p className="faint">{t('dossier.nothing_yet')}</p>
          )}
          <ol className={styles.timeline}>
            {dossier.timeline.entries.map((entry) => (
              <Entry key={entry.kind + entry.id} entry={entry} />
            ))}
          </ol>
        </Panel>
      </div>
      <Rail dossier={dossier} />
    </div>
  );
}

function People({ dossier }: Readonly<{ dossier: Dossier }>) {
  const { t } = useText();
  const contact = useObjectMeta('contact');
  const layer = contact && fieldOf(contact, 'layer');
  if (dossier.people.length === 0) return null;
  return (
    <Panel title={t('dossier.people')}>
      <ul className={styles.people}>
        {dossier.people.map((person) => (
          <li key={person.id}>
            <Link to={recordPath('contact', person.id)}>{fieldText(person, 'name')}</Link>
            <span className="faint">
              {[fieldText(person, 'department_name'), fieldText(person, 'title')]
                .filter(Boolean).join(' · ')}
            </span>
            {layer && <FieldValue field={layer} fields={person.fields} emptyText="" />}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
