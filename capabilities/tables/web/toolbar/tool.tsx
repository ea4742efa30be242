import { Badge, Button, Popover } from 'antd';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './toolbar.module.css';

type ToolProps = Readonly<{
  icon: LucideIcon; label: string; count?: number; children: () => ReactNode;
}>;

/** A button of the toolbar with its panel; the panel is made when it is opened. */
export function Tool({ icon: Icon, label, count = 0, children }: ToolProps) {
  return (
    <Popover trigger="click" placement="bottomLeft" destroyOnHidden content={children}>
      <Button
        type="text" aria-label={label} className={count > 0 ? styles.used : undefined}
      >
        <Icon size={15} aria-hidden />
        <span className={styles.label}>{label}</span>
        {count > 0 && <Badge count={count} size="small" color="var(--accent)" />}
      </Button>
    </Popover>
  );
}
