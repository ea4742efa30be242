import { Menu } from 'lucide-react';
import { Suspense } from 'react';
import { NavLink } from 'react-router';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { navigation } from './features';
import styles from './phone-bar.module.css';

const PLACES = 4;

/** The bottom bar of a phone: the chosen pages, and everything else behind the last button. */
export function PhoneBar({ onMore }: Readonly<{ onMore: () => void }>) {
  const { t } = useText();
  const meta = useMeta();
  const seen = navigation.filter((entry) => entry.phone && (entry.visible?.(meta) ?? true));
  const centre = seen.filter((entry) => entry.phone === 'centre');
  const entries = seen.filter((entry) => entry.phone === true).slice(0, PLACES - centre.length);
  entries.splice(Math.ceil(entries.length / 2), 0, ...centre);
  return (
    <nav className={styles.bar} aria-label={t('nav.label')}>
      {entries.map(({ path, label, icon: Icon, phone, Badge }) => (
        <NavLink
          key={path}
          to={path}
          end={path === '/'}
          className={({ isActive }) => (isActive ? styles.active : styles.entry)}
        >
          <span className={phone === 'centre' ? styles.centre : undefined}>
            <Icon size={20} strokeWidth={1.8} aria-hidden />
          </span>
          <span>{t(label)}</span>
          {Badge && <span className={styles.badge}><Suspense><Badge /></Suspense></span>}
        </NavLink>
      ))}
      <button type="button" className={styles.entry} onClick={onMore}>
        <Menu size={20} strokeWidth={1.8} aria-hidden />
        <span>{t('nav.more')}</span>
      </button>
    </nav>
  );
}
