import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './facts.css';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** What is known about a record, in two columns; what is not known says so. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const { t } = useTranslation();
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.name}>
          <dt>{fact.name}</dt>
          <dd>{fact.value ?? <span className="soft">{t('app.unknown')}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
