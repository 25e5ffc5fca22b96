import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { disablePerson, enablePerson, type Person, type PersonState } from '../api/people';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { ReasonDialog } from '../kit/reason-dialog';
import { useSession } from '../session/use-session';
import { LinkDialog } from './link-dialog';
import { RenameDialog } from './rename-dialog';
import { usePersonAction } from './use-person-action';

type Step = 'link' | 'role' | 'rename' | 'disable' | 'enable';

/** What the account's state allows; the rest is absent. */
const STEPS: Readonly<Record<PersonState, readonly Step[]>> = {
  requested: ['rename'],
  invited: ['link', 'role', 'rename', 'disable'],
  active: ['role', 'link', 'rename', 'disable'],
  disabled: ['enable', 'rename'],
};
/** Nobody does these to themself. */
const NOT_ONESELF: ReadonlySet<Step> = new Set<Step>(['role', 'disable']);

export function PersonActions({ person }: { readonly person: Person }) {
  const { t } = useTranslation();
  const session = useSession();
  const [open, setOpen] = useState<Step | null>(null);
  const isOneself = session.data?.user.id === person.id;
  const steps = STEPS[person.state].filter((step) => !isOneself || !NOT_ONESELF.has(step));
  const close = () => setOpen(null);
  return (
    <>
      {steps.map((step, index) => {
        const button = (
          <Button
            key={step}
            type={index === 0 && step !== 'rename' ? 'primary' : 'default'}
            danger={step === 'disable'}
            tabIndex={step === 'role' ? -1 : undefined}
            onClick={step === 'role' ? undefined : () => setOpen(step)}
          >
            {t(step === 'link' && person.state === 'active' ? 'people.link.reset' : `people.step.${step}`)}
          </Button>
        );
        return step === 'role' ? (
          <Link key={step} to="role">
            {button}
          </Link>
        ) : (
          button
        );
      })}
      {open === 'link' && <LinkDialog person={person} onClose={close} />}
      {open === 'rename' && <RenameDialog person={person} onClose={close} />}
      {open === 'disable' && <Disable person={person} onClose={close} />}
      {open === 'enable' && <Enable person={person} onClose={close} />}
    </>
  );
}

interface DialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

function Disable({ person, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { id, fullName: name, sessions } = person;
  const disable = usePersonAction(
    (reason: string) => disablePerson(id, reason),
    t('people.disabled', { name }),
    onClose,
  );
  return (
    <ReasonDialog
      title={t('people.step.disable')}
      action={t('people.step.disable')}
      danger
      busy={disable.isPending}
      error={disable.error}
      onConfirm={(reason) => disable.mutate(reason)}
      onClose={onClose}
    >
      <p>{t('people.disableEffect', { name, count: sessions })}</p>
    </ReasonDialog>
  );
}

function Enable({ person, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { id, fullName: name, role } = person;
  const enable = usePersonAction(() => enablePerson(id), t('people.enabled', { name }), onClose);
  return (
    <ConfirmDialog
      title={t('people.step.enable')}
      action={t('people.step.enable')}
      busy={enable.isPending}
      error={enable.error}
      onConfirm={() => enable.mutate(undefined)}
      onClose={onClose}
    >
      <p>{t('people.enableEffect', { name, role: t(`role.${role}`) })}</p>
    </ConfirmDialog>
  );
}
