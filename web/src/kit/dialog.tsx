import { ConfigProvider } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    setContainer(dialog);
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {/* Lists and calendars open inside: what lies outside a modal dialog cannot be reached. */}
      <ConfigProvider getPopupContainer={() => container ?? document.body}>
        <div className="dialog-body">
          <h2 id={id}>{title}</h2>
          {children}
        </div>
      </ConfigProvider>
    </dialog>
  );
}
