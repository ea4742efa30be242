import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { concernsIn, concernsOf } from '@/api/people';
import { useText } from '@/i18n/use-text';
import type { MapPerson } from './map-api';
import { useWords } from './use-words';
import styles from './map.module.css';

/** What somebody of his layer and function cares about. */
export function Concerns({ person }: Readonly<{ person: MapPerson }>) {
  const { t, language } = useText();
  const words = useWords();
  const object = useObjectMeta('person_concern');
  const found = useQuery(concernsIn(language));
  if (!found.data) return null;
  const own = concernsOf(found.data.concerns, person.fields);
  return (
    <section>
      <h3 className={styles.heading}>
        {t('people_map.concern')}
        {object?.rights.create && (
          <Link to="/concerns" className={styles.aside}>{t('people_map.adjust_concerns')}</Link>
        )}
      </h3>
      {own.length === 0 && <p className="faint">{t('people_map.no_class')}</p>}
      <dl className={styles.facts}>
        {own.map((one) => (
          <div key={one.class}>
            <dt>{words.personClass(one.class)}</dt>
            <dd>{one.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
