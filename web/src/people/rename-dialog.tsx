import { Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Person, renamePerson } from '../api/people';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { usePersonAction } from './use-person-action';

interface RenameDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

const MAX_NAME = 200;

/** Corrects a name as it is shown and as the trail tells it. */
export function RenameDialog({ person, onClose }: RenameDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const [fullName, setFullName] = useState(person.fullName);
  const rename = usePersonAction(
    (name: string) => renamePerson(person.id, person.version, name),
    t('people.renamed'),
    onClose,
  );
  return (
    <ConfirmDialog
      title={t('people.rename')}
      action={t('edit.save')}
      busy={rename.isPending}
      error={rename.error}
      onConfirm={() => fullName.trim() && rename.mutate(fullName)}
      onClose={onClose}
    >
      <div>
        <label htmlFor={id}>{t('people.name')}</label>
        <Input id={id} value={fullName} maxLength={MAX_NAME} onChange={(event) => setFullName(event.target.value)} />
      </div>
    </ConfirmDialog>
  );
}
