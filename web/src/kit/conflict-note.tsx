import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import './form.css';
import { Note } from './note';

interface ConflictNoteProps {
  readonly edit: {
    readonly isConflict: boolean;
    readonly theirs: object | null;
    readonly isReloading: boolean;
    readonly reload: () => void;
  };
  /** A changed field in words: "Địa chỉ: Ấp 1". */
  readonly line: (name: string, value: unknown) => string;
}

/** Somebody else saved first: what that means, the way on, and afterwards what they changed. */
export function ConflictNote({ edit, line }: ConflictNoteProps) {
  const { t } = useTranslation();
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (edit.isConflict || edit.theirs) note.current?.focus();
  }, [edit.isConflict, edit.theirs]);
  const theirs = Object.entries(edit.theirs ?? {});
  if (!edit.isConflict && !edit.theirs) return null;
  return (
    <div className="form-conflict" ref={note} tabIndex={-1}>
      {edit.isConflict ? (
        <Note tone="alarm" title={t('edit.conflict')}>
          <p>{t('edit.conflictText')}</p>
          <Button loading={edit.isReloading} onClick={edit.reload}>
            {t('edit.reload')}
          </Button>
        </Note>
      ) : (
        <Note tone="attention" title={t('edit.reloaded')}>
          <p>{t(theirs.length > 0 ? 'edit.reloadedText' : 'edit.reloadedOther')}</p>
          <ul>
            {theirs.map(([name, value]) => (
              <li key={name}>{line(name, value)}</li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  );
}
