import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { setLanguage } from '@/i18n/language';
import type { Language } from '@/i18n/language';
import { useText } from '@/i18n/use-text';
import { setPreferences, usePreferences } from '@/theme/preferences';
import type { Preferences } from '@/theme/preferences';
import type { Density } from '@/theme/tokens';
import { Panel } from '@/ui/page';
import styles from './settings.module.css';

function Row({ label, children }: Readonly<{ label: string; children: ReactNode }>) {
  return <div className={styles.row}><span className={styles.label}>{label}</span>{children}</div>;
}

/** How the product looks on this device. */
export function Look() {
  const { t, language } = useText();
  const { scheme, density } = usePreferences();
  return (
    <Panel>
      <Row label={t('settings.language')}>
        <Segmented<Language>
          value={language}
          options={[{ value: 'zh-CN', label: '中文' }, { value: 'en', label: 'English' }]}
          onChange={(value) => void setLanguage(value)}
        />
      </Row>
      <Row label={t('settings.scheme')}>
        <Segmented<Preferences['scheme']>
          value={scheme}
          options={[
            { value: 'system', label: t('settings.scheme.system') },
            { value: 'light', label: t('settings.scheme.light') },
            { value: 'dark', label: t('settings.scheme.dark') },
          ]}
          onChange={(value) => {
            setPreferences({ scheme: value });
          }}
        />
      </Row>
      <Row label={t('settings.density')}>
        <Segmented<Density>
          value={density}
          options={[
            { value: 'comfortable', label: t('settings.density.comfortable') },
            { value: 'compact', label: t('settings.density.compact') },
          ]}
          onChange={(value) => {
            setPreferences({ density: value });
          }}
        />
      </Row>
    </Panel>
  );
}
