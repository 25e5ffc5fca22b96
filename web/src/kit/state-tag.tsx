import type { ReactNode } from 'react';
import './state-tag.css';

export type Tone = 'plain' | 'good' | 'attention' | 'alarm';

interface StateTagProps {
  readonly tone: Tone;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

/** A state by icon, word and colour: never by colour alone. */
export function StateTag({ tone, icon, children }: StateTagProps) {
  return (
    <span className={`state-tag ${tone}`}>
      <span aria-hidden>{icon}</span>
      {children}
    </span>
  );
}
