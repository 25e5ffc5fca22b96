import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import CloseCircleOutlined from '@ant-design/icons/CloseCircleOutlined';
import InfoCircleOutlined from '@ant-design/icons/InfoCircleOutlined';
import WarningOutlined from '@ant-design/icons/WarningOutlined';
import type { ReactNode } from 'react';
import './note.css';

export type NoteTone = 'plain' | 'attention' | 'alarm' | 'done';

const ICONS = {
  plain: <InfoCircleOutlined />,
  attention: <WarningOutlined />,
  alarm: <CloseCircleOutlined />,
  done: <CheckCircleOutlined />,
} satisfies Record<NoteTone, ReactNode>;

interface NoteProps {
  readonly tone: NoteTone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
}

/** Something a person should read before going on. */
export function Note({ tone, title, children }: NoteProps) {
  return (
    <div className={`note ${tone}`} role={tone === 'alarm' ? 'alert' : undefined}>
      <span className="note-icon" aria-hidden>
        {ICONS[tone]}
      </span>
      <div className="note-body">
        {title && <p className="note-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
