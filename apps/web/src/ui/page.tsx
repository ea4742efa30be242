import type { ReactNode } from 'react';
import { useEffect } from 'react';
import styles from './page.module.css';

type PageProps = Readonly<{
  title: string;
  /** A short line under the title: what is shown, as of when. */
  note?: ReactNode;
  tools?: ReactNode;
  above?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}>;

export function Page({ title, note, tools, above, narrow = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Linchpin`;
  }, [title]);
  return (
    <div className={narrow ? styles.narrow : styles.page}>
      {above}
      <header className={styles.header}>
        <div className={styles.heading}>
          <h1 className={styles.title}>{title}</h1>
          {note !== undefined && <div className={styles.note}>{note}</div>}
        </div>
        {tools !== undefined && <div className={styles.tools}>{tools}</div>}
      </header>
      {children}
    </div>
  );
}

type PanelProps = Readonly<{
  title?: ReactNode;
  tools?: ReactNode;
  flush?: boolean;
  /** The content takes the height that the neighbours give. */
  fill?: boolean;
  children: ReactNode;
}>;

export function Panel({ title, tools, flush = false, fill = false, children }: PanelProps) {
  return (
    <section className={fill ? styles.filled : styles.panel}>
      {(title !== undefined || tools !== undefined) && (
        <div className={styles.panelHead}>
          <h2 className={styles.panelTitle}>{title}</h2>
          {tools !== undefined && <div className={styles.tools}>{tools}</div>}
        </div>
      )}
      <div className={flush ? styles.panelFlush : styles.panelBody}>{children}</div>
    </section>
  );
}
