import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Vendor } from '../api/types';
import { moveVendor, type VendorStep } from '../api/vendors';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { ReasonDialog } from '../kit/reason-dialog';
import { useVendorAction } from './use-vendor-action';
import { NEEDS_REASON, VENDOR_STEPS } from './vendor-steps.rules';
import { useMay } from '../session/use-session';

/** The steps that the record's state allows; the others are not there. */
export function VendorActions({ vendor }: { readonly vendor: Vendor }) {
  const { t } = useTranslation();
  const may = useMay();
  const mayStep = (to: VendorStep) => may(to === 'submit' ? 'vendor.write' : 'vendor.approve');
  const [step, setStep] = useState<VendorStep | null>(null);
  const close = () => {
    setStep(null);
    move.reset();
  };
  const move = useVendorAction(
    ({ to, reason }: { to: VendorStep; reason?: string }) => moveVendor(vendor.id, to, reason),
    t('vendor.saved', { name: vendor.fullName }),
    close,
  );
  const dialog = step && {
    title: t(`vendorStep.${step}`),
    action: t(`vendorStep.${step}`),
    danger: step === 'reject' || step === 'cease',
    busy: move.isPending,
    error: move.error,
    onClose: close,
  };
  return (
    <>
      {VENDOR_STEPS[vendor.state].filter(mayStep).map((to, index) => (
        <Button
          key={to}
          type={index === 0 && !NEEDS_REASON.has(to) ? 'primary' : 'default'}
          onClick={() => setStep(to)}
        >
          {t(`vendorStep.${to}`)}
        </Button>
      ))}
      {dialog && step && NEEDS_REASON.has(step) && (
        <ReasonDialog {...dialog} onConfirm={(reason) => move.mutate({ to: step, reason })}>
          <p>{t(`vendorStepEffect.${step}`, { name: vendor.fullName })}</p>
        </ReasonDialog>
      )}
      {dialog && step && !NEEDS_REASON.has(step) && (
        <ConfirmDialog {...dialog} onConfirm={() => move.mutate({ to: step })}>
          <p>{t(`vendorStepEffect.${step}`, { name: vendor.fullName })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
