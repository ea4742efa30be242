import { Button } from 'antd';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useText } from '@/i18n/use-text';
import { closeToast, toastStore } from '@/ui/toast';
import styles from './toasts.module.css';

const ICONS = { success: CircleCheck, error: CircleAlert, info: Info } as const;

export default function Toasts() {
  const { t } = useText();
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get);
  return (
    <div className={styles.toasts} aria-live="polite">
      {toasts.map((toast) => {
        const Icon = ICONS[toast.tone];
        const { action } = toast;
        return (
          <div className={styles.toast} key={toast.id} role="status">
            <Icon size={16} aria-hidden className={styles[toast.tone]} />
            <span>{toast.text}</span>
            {action && (
              <Button
                size="small"
                type="link"
                onClick={() => {
                  closeToast(toast.id);
                  action.perform();
                }}
              >
                {action.label}
              </Button>
            )}
            <Button
              size="small"
              type="text"
              aria-label={t('action.close')}
              icon={<X size={14} />}
              onClick={() => {
                closeToast(toast.id);
              }}
            />
          </div>
        );
      })}
    </div>
  );
}
