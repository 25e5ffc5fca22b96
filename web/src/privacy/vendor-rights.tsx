import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyPersonalData, makeVendorLink, revokeVendorLinks, type VendorLink } from '../api/privacy';
import type { Vendor } from '../api/types';
import { formatInstant } from '../format/day';
import { fileName } from '../format/file-name';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { saveFile } from '../kit/download';
import { Note } from '../kit/note';
import { Section } from '../kit/section';
import { useNotice } from '../kit/use-notice';
import { May } from '../session/may';

/** What a vendor may have: a copy of everything held, and a link to look it up without asking. */
export function VendorRights({ vendor }: { readonly vendor: Vendor }) {
  const { t } = useTranslation();
  return (
    <May do="vendor.write">
      <Section title={t('privacy.rights')}>
        <div className="row">
          <May do="data_request.write">
            <CopyButton vendor={vendor} />
          </May>
          <LinkButtons vendor={vendor} />
        </div>
      </Section>
    </May>
  );
}

function CopyButton({ vendor }: { readonly vendor: Vendor }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const copy = useMutation({
    mutationFn: () => copyPersonalData(vendor.id),
    onSuccess: (file) => {
      saveFile(`${fileName(t('privacy.copyFile'), vendor.fullName)}.json`, file);
      setOpen(false);
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('privacy.copy')}</Button>
      {isOpen && (
        <ConfirmDialog
          title={t('privacy.copy')}
          action={t('privacy.copy')}
          busy={copy.isPending}
          error={copy.error}
          onConfirm={() => copy.mutate()}
          onClose={() => setOpen(false)}
        >
          <p>{t('privacy.copyText', { name: vendor.fullName })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function LinkButtons({ vendor }: { readonly vendor: Vendor }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [made, setMade] = useState<VendorLink | null>(null);
  const make = useMutation({
    mutationFn: () => makeVendorLink(vendor.id),
    onSuccess: setMade,
    onError: notice.problem,
  });
  const revoke = useMutation({
    mutationFn: () => revokeVendorLinks(vendor.id),
    onSuccess: () => {
      setMade(null);
      notice.done(t('privacy.linksEnded'));
    },
    onError: notice.problem,
  });
  return (
    <>
      <Button loading={make.isPending} onClick={() => make.mutate()}>
        {t('privacy.makeLink')}
      </Button>
      <Button loading={revoke.isPending} onClick={() => revoke.mutate()}>
        {t('privacy.endLinks')}
      </Button>
      {made && (
        <Note tone="plain" title={t('privacy.linkMade')}>
          <p>{t('privacy.linkText', { until: formatInstant(made.expiresAt) })}</p>
          <Input
            readOnly
            value={made.link}
            aria-label={t('privacy.makeLink')}
            onFocus={(event) => event.target.select()}
          />
        </Note>
      )}
    </>
  );
}
