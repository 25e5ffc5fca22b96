import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offerPersonLink, type Person, type PersonLink } from '../api/people';
import { formatInstant } from '../format/day';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { Dialog } from '../kit/dialog';
import { Note } from '../kit/note';

interface LinkDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

/** Makes a one-time link. What the answer shows is shown once: the server keeps only its fingerprint. */
export function LinkDialog({ person, onClose }: LinkDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const offer = useMutation({
    mutationFn: (delivery: PersonLink['delivery'] | undefined) => offerPersonLink(person.id, delivery),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['audit'] });
      return client.invalidateQueries({ queryKey: ['person', person.id] });
    },
  });
  const purpose = person.state === 'invited' ? 'activate' : 'reset';
  const title = t(`people.link.${purpose}`);
  if (!offer.data) {
    return (
      <ConfirmDialog
        title={title}
        action={t('people.link.make')}
        busy={offer.isPending}
        error={offer.error}
        onConfirm={() => offer.mutate(undefined)}
        onClose={onClose}
      >
        <p>{t(`people.link.effect.${purpose}`, { name: person.fullName })}</p>
      </ConfirmDialog>
    );
  }
  const { link, expiresAt } = offer.data;
  return (
    <Dialog title={title} onClose={onClose}>
      {link ? (
        <ShownLink link={link} />
      ) : (
        <Note tone="done" title={t('people.link.letter', { email: person.email })}>
          <p>{t('people.link.letterText')}</p>
        </Note>
      )}
      <p>{t('people.link.until', { instant: formatInstant(expiresAt) })}</p>
      <div className="dialog-actions">
        {!link && <Button onClick={() => offer.mutate('in_person')}>{t('people.link.byHand')}</Button>}
        <Button type="primary" onClick={onClose}>
          {t('people.link.done')}
        </Button>
      </div>
    </Dialog>
  );
}

function ShownLink({ link }: { readonly link: string }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const field = useRef<InputRef>(null);
  const copy = async () => {
    field.current?.select();
    // Without https browsers offer no clipboard: the link is selected and can be copied by hand.
    if (!navigator.clipboard) return;
    await navigator.clipboard.writeText(link);
    setCopied(true);
  };
  return (
    <>
      <Note tone="attention" title={t('people.link.once')}>
        <p>{t('people.link.onceText')}</p>
      </Note>
      <div className="row">
        <Input
          ref={field}
          value={link}
          readOnly
          aria-label={t('people.link.label')}
          onFocus={(e) => e.target.select()}
        />
        <Button onClick={() => void copy()}>{t(isCopied ? 'people.link.copied' : 'people.link.copy')}</Button>
      </div>
      <span className="visually-hidden" role="status">
        {isCopied && t('people.link.copied')}
      </span>
    </>
  );
}
