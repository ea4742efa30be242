import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useText } from '@/i18n/use-text';
import { shareAt } from './classes';
import { PLOT } from './chart-option';
import styles from './abc.module.css';

const STEP = 0.01;
const BIG_STEP = 0.05;

function keyStep(event: KeyboardEvent): number | null {
  const step = event.shiftKey ? BIG_STEP : STEP;
  switch (event.key) {
    case 'ArrowUp': case 'ArrowRight': return step;
    case 'ArrowDown': case 'ArrowLeft': return -step;
    case 'PageUp': return BIG_STEP;
    case 'PageDown': return -BIG_STEP;
    default: return null;
  }
}

type Props = Readonly<{
  name: 'A' | 'B';
  share: number;
  height: number;
  onMove: (share: number) => void;
  onSettle: () => void;
}>;

/** A threshold as a slider: dragged with the pointer or moved with the arrow keys. */
export function ThresholdHandle({ name, share, height, onMove, onSettle }: Props) {
  const { t } = useText();
  const held = useRef(false);
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (!held.current) return;
    const plot = event.currentTarget.parentElement?.getBoundingClientRect();
    if (plot) onMove(shareAt(event.clientY, plot.top, plot.height));
  };
  const text = `${(share * 100).toFixed(share * 1000 % 10 === 0 ? 0 : 1)}%`;
  return (
    <div
      className={name === 'A' ? styles.thresholdA : styles.thresholdB}
      style={{ top: (1 - share) * height }}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('identify.threshold', { name })}
      aria-valuemin={1}
      aria-valuemax={99}
      aria-valuenow={Math.round(share * 1000) / 10}
      aria-valuetext={text}
      onPointerDown={(event) => {
        held.current = true;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={move}
      onPointerUp={() => {
        held.current = false;
        onSettle();
      }}
      onPointerCancel={() => {
        held.current = false;
        onSettle();
      }}
      onKeyDown={(event) => {
        const step = keyStep(event);
        if (step === null || event.nativeEvent.isComposing) return;
        event.preventDefault();
        onMove(share + step);
      }}
      onKeyUp={onSettle}
      onBlur={onSettle}
    >
      <span className={styles.grip} style={{ insetInlineEnd: -PLOT.right + 4 }}>
        {name} {text}
      </span>
    </div>
  );
}
