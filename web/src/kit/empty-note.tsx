import type { ReactNode } from 'react';
import './note.css';

interface EmptyNoteProps {
  readonly title: string;
  /** What this place is for. */
  readonly children: ReactNode;
  /** The first step. */
  readonly action?: ReactNode;
}

/** Nothing here yet: what this is for, and the first step. */
export function EmptyNote({ title, children, action }: EmptyNoteProps) {
  return (
    <div className="empty-note">
      <h2>{title}</h2>
      <p className="soft">{children}</p>
      {action}
    </div>
  );
}
