import { ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import viVN from 'antd/locale/vi_VN';
import dayjs from 'dayjs';
import 'dayjs/locale/vi';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { consoleTheme } from './theme';
import { useMedia } from '../kit/use-media';

/** The nonce of this page load, under which Ant Design may write its style tags (see vite.config.mjs). */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

/** Language, colours and sizes of the controls: dark mode follows the system, touch screens get larger targets. */
export function LookProvider({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation();
  const english = i18n.language === 'en';
  const dark = useMedia('(prefers-color-scheme: dark)');
  const touch = useMedia('(pointer: coarse)');
  const theme = useMemo(() => consoleTheme({ dark, touch }), [dark, touch]);
  useEffect(() => {
    dayjs.locale(english ? 'en' : 'vi');
  }, [english]);
  return (
    <ConfigProvider
      csp={nonce ? { nonce } : undefined}
      locale={english ? enGB : viVN}
      theme={theme}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      {children}
    </ConfigProvider>
  );
}
