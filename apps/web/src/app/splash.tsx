import { Logo } from './logo';
import styles from './splash.module.css';

export function Splash() {
  return <div className={styles.splash}><Logo size={36} /></div>;
}
