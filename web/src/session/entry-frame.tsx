import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../app/language-switch';
import './entry.css';

interface EntryFrameProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

/** The frame of the pages before the sign-in. */
export function EntryFrame({ title, lead, children }: EntryFrameProps) {
  const { t } = useTranslation();
  return (
    <main className="entry">
      <div className="card">
        <div className="brand">
          <strong>{t('app.name')}</strong>
          <span className="soft">{t('app.tagline')}</span>
        </div>
        <div>
          <h1>{title}</h1>
          <p className="soft">{lead}</p>
        </div>
        {children}
        <div className="language">
          <LanguageSwitch isLong />
        </div>
      </div>
    </main>
  );
}
