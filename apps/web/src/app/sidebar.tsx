import { PanelLeftClose, PanelLeftOpen, Pin, Search } from 'lucide-react';
import { Suspense } from 'react';
import { NavLink } from 'react-router';
import { labelOf, useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { listPath } from '@/records/record-path';
import { setPreferences, usePreferences } from '@/theme/preferences';
import { navigation } from './features';
import type { ShellEntry } from './features';
import { Logo } from './logo';
import { nounIcon } from './nouns';
import { MODIFIER } from './shortcuts';
import { usePins } from './use-pins';
import { UserMenu } from './user-menu';
import styles from './sidebar.module.css';

type Props = Readonly<{ onSearch: () => void; onPins: () => void }>;

export function Sidebar({ onSearch, onPins }: Props) {
  const { t } = useText();
  const meta = useMeta();
  const { folded } = usePreferences();
  const visible = navigation.filter((entry) => entry.visible?.(meta) ?? true);
  const FoldIcon = folded ? PanelLeftOpen : PanelLeftClose;
  const fold = t(folded ? 'nav.unfold' : 'nav.fold');
  return (
    <aside className={folded ? styles.narrow : styles.sidebar}>
      <div className={styles.top}>
        <NavLink to="/" className={styles.brand} aria-label={folded ? t('app.name') : undefined}>
          <Logo size={26} />
          {!folded && <span className={styles.workspace}>{meta.workspace.name}</span>}
        </NavLink>
      </div>
      <button type="button" className={styles.search} onClick={onSearch} title={t('nav.search')}>
        <Search size={15} aria-hidden />
        {folded ? <span className="visually-hidden">{t('nav.search')}</span> : (
          <>
            <span>{t('nav.search')}</span>
            <kbd>{MODIFIER} K</kbd>
          </>
        )}
      </button>
      <nav className={styles.nav} aria-label={t('nav.label')}>
        <Entries entries={visible.filter((entry) => entry.section === 'cycle')} folded={folded} />
        <Nouns folded={folded} onPins={onPins} />
        <hr className={styles.rule} />
        <Entries entries={visible.filter((entry) => entry.section === 'tools')} folded={folded} />
      </nav>
      <div className={styles.foot}>
        <UserMenu folded={folded} />
        <button
          type="button"
          className={styles.fold}
          aria-label={fold}
          title={fold}
          onClick={() => {
            setPreferences({ folded: !folded });
          }}
        >
          <FoldIcon size={16} aria-hidden />
        </button>
      </div>
    </aside>
  );
}

function Entries(props: Readonly<{ entries: readonly ShellEntry[]; folded: boolean }>) {
  const { t } = useText();
  return (
    <ul className={styles.entries}>
      {props.entries.map(({ path, label, icon: Icon, Badge }) => (
        <li key={path}>
          <NavLink
            to={path}
            end={path === '/'}
            title={props.folded ? t(label) : undefined}
            className={({ isActive }) => (isActive ? styles.active : styles.entry)}
          >
            <Icon size={17} strokeWidth={1.8} aria-hidden />
            <span className={props.folded ? 'visually-hidden' : undefined}>{t(label)}</span>
            {Badge && <span className={styles.badge}><Suspense><Badge /></Suspense></span>}
          </NavLink>
        </li>
      ))}
    </ul>
  );
}

/** The second level: the tables that a person works with. */
function Nouns({ folded, onPins }: Readonly<{ folded: boolean; onPins: () => void }>) {
  const { t, language } = useText();
  const { nouns } = usePins();
  const choose = t('nav.pin');
  return (
    <section aria-label={t('nav.pinned')}>
      {folded ? <hr className={styles.rule} /> : (
        <div className={styles.second}>
          <span>{t('nav.pinned')}</span>
          <button
            type="button" className={styles.pin} aria-label={choose} title={choose}
            onClick={onPins}
          >
            <Pin size={13} aria-hidden />
          </button>
        </div>
      )}
      <ul className={styles.entries}>
        {nouns.map((object) => {
          const Icon = nounIcon(object.api_name);
          const label = labelOf(object.label, language, object.api_name);
          return (
            <li key={object.api_name}>
              <NavLink
                to={listPath(object.api_name)}
                title={folded ? label : undefined}
                className={({ isActive }) => (isActive ? styles.active : styles.entry)}
              >
                <Icon size={17} strokeWidth={1.8} aria-hidden />
                <span className={folded ? 'visually-hidden' : undefined}>{label}</span>
              </NavLink>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
