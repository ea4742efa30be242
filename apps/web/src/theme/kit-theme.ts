import { theme } from 'antd';
import type { ThemeConfig } from 'antd';
import { COLOURS, FONT_FAMILY, MEASURES, RADIUS } from './tokens';
import type { Density, Scheme } from './tokens';

/** The component kit's theme, derived from the same tokens as the CSS variables. */
export function kitTheme(scheme: Scheme, density: Density): ThemeConfig {
  const colour = COLOURS[scheme];
  const size = MEASURES[density];
  return {
    algorithm: scheme === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: colour.accent,
      colorInfo: colour.accent,
      colorLink: colour['accent-ink'],
      colorError: colour.danger,
      colorWarning: colour.warning,
      colorSuccess: colour.success,
      colorTextBase: colour.ink,
      colorText: colour.ink,
      colorTextSecondary: colour['ink-soft'],
      colorTextTertiary: colour['ink-faint'],
      colorTextPlaceholder: colour['ink-faint'],
      colorBgBase: colour.surface,
      colorBgLayout: colour.canvas,
      colorBgContainer: colour.surface,
      colorBgElevated: colour.raised,
      colorBorder: colour['line-strong'],
      colorBorderSecondary: colour.line,
      colorTextLightSolid: colour['on-accent'],
      borderRadius: RADIUS,
      fontFamily: FONT_FAMILY,
      fontSize: size.font,
      fontSizeSM: size.small,
      controlHeight: size.control,
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', fontWeight: 500 },
      Table: {
        headerBg: colour.surface,
        headerColor: colour['ink-faint'],
        headerSplitColor: 'transparent',
        borderColor: colour.line,
        rowHoverBg: colour.hover,
        cellPaddingBlockSM: density === 'compact' ? 4 : 7,
        cellPaddingInlineSM: 16,
        cellFontSizeSM: size.font,
      },
      Segmented: { trackBg: colour.sunken, itemSelectedBg: colour.raised },
      Tooltip: { colorBgSpotlight: scheme === 'dark' ? colour['line-strong'] : colour.ink },
      Tabs: { horizontalMargin: '0 0 16px 0', itemHoverColor: colour['accent-ink'] },
    },
  };
}
