import styles from './dossier.module.css';

const WIDTH = 120;
const HEIGHT = 28;

type Point = Readonly<{ month: string; value: string }>;

/** Twelve months as bars from a zero base; their values on hover. */
export function Sparkline({ months, label }: Readonly<{
  months: readonly Point[]; label: string;
}>) {
  const values = months.map((month) => Number(month.value));
  const top = Math.max(...values, 0);
  const bottom = Math.min(...values, 0);
  if (values.length === 0 || top === bottom) return <span className={styles.sparkline} />;
  const scale = HEIGHT / (top - bottom);
  const step = WIDTH / values.length;
  return (
    <svg
      className={styles.sparkline} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img"
      aria-label={label} preserveAspectRatio="none"
    >
      {values.map((value, index) => (
        <rect
          key={months[index]?.month}
          x={index * step + 1} width={step - 2}
          y={(top - Math.max(value, 0)) * scale}
          height={Math.max(Math.abs(value) * scale, value === 0 ? 0 : 1)}
          className={value < 0 ? styles.barBelow : styles.bar}
        >
          <title>{`${months[index]?.month ?? ''}  ${months[index]?.value ?? ''}`}</title>
        </rect>
      ))}
    </svg>
  );
}
