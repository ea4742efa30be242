import { Menu } from 'lucide-react';
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
  const entries = navigation
    .filter((entry) => entry.phone && (entry.visible?.(meta) ?? true))
    .slice(0, PLACES);
  return (
    <nav className={styles.bar} aria-label={t('nav.label')}>
      {entries.map(({ path, label, icon: Icon }) => (
        <NavLink
          key={path}
          to={path}
          end={path === '/'}
          className={({ isActive }) => (isActive ? styles.active : styles.entry)}
        >
          <Icon size={20} strokeWidth={1.8} aria-hidden />
          <span>{t(label)}</span>
        </NavLink>
      ))}
      <button type="button" className={styles.entry} onClick={onMore}>
        <Menu size={20} strokeWidth={1.8} aria-hidden />
        <span>{t('nav.more')}</span>
      </button>
    </nav>
  );
}
