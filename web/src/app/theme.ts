import { theme as antTheme, type ThemeConfig } from 'antd';

/** The same values as in `app.css`, where plain elements take them from. */
const LIGHT = {
  colorPrimary: '#0b6b50',
  colorLink: '#0b6b50',
  colorInfo: '#0b6b50',
  colorSuccess: '#0b6b50',
  colorWarning: '#b45309',
  colorError: '#b42318',
  colorTextBase: '#16211d',
  colorBgBase: '#ffffff',
  colorTextPlaceholder: '#5f6b66',
  colorTextSecondary: '#4a5751',
  colorTextTertiary: '#5f6b66',
  colorTextDescription: '#4a5751',
  colorBorder: '#8b9891',
  controlItemBgActive: '#dcefe7',
  controlItemBgActiveHover: '#cfe7dc',
  colorBorderSecondary: '#dfe5e2',
};

const DARK = {
  colorPrimary: '#3fb98f',
  colorLink: '#5fd0a8',
  colorInfo: '#3fb98f',
  colorSuccess: '#3fb98f',
  colorWarning: '#f0b45a',
  colorError: '#f2877d',
  colorTextBase: '#e8efec',
  colorBgBase: '#111a17',
  colorTextPlaceholder: '#98a5a0',
  colorTextSecondary: '#a9b7b1',
  colorTextTertiary: '#98a5a0',
  colorTextDescription: '#a9b7b1',
  colorBorder: '#66736d',
  controlItemBgActive: '#1d4536',
  controlItemBgActiveHover: '#24543f',
  colorBorderSecondary: '#2b3833',
};

const FAMILY = "'Be Vietnam Pro Tabular', 'Be Vietnam Pro', 'Segoe UI', Roboto, Arial, sans-serif";

/** Ant Design in the console's own look; touch screens get taller controls. */
export function consoleTheme(options: { dark: boolean; touch: boolean }): ThemeConfig {
  return {
    algorithm: options.dark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    hashed: false,
    cssVar: { key: 'cho40' },
    token: {
      ...(options.dark ? DARK : LIGHT),
      fontFamily: FAMILY,
      fontSize: 14,
      borderRadius: 4,
      controlHeight: options.touch ? 44 : 36,
      controlHeightSM: options.touch ? 44 : 28,
      lineHeight: 22 / 14,
      wireframe: false,
      motionUnit: 0.06,
    },
    components: {
      // Seven days have to fit on a phone.
      DatePicker: { cellWidth: 40, cellHeight: 30, textHeight: 40 },
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 600,
        ...(options.dark && { primaryColor: '#06251a' }),
      },
      Form: { labelColor: 'var(--text)', verticalLabelPadding: '0 0 4px', itemMarginBottom: 20 },
    },
  };
}
