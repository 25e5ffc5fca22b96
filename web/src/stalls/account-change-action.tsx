import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stall } from '../api/types';
import { AccountChangeDialog } from './account-change-dialog';

/** Where the stall's takings go from a day on: its first account at once, every other one by two people. */
export function AccountChangeAction({ stall }: { readonly stall: Stall }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { vendor } = stall;
  if (vendor === null || stall.pendingAccountChange !== null) return null;
  const isFirst = stall.payoutAssignments.length === 0;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t(isFirst ? 'accountChange.first' : 'accountChange.change')}</Button>
      {isOpen && (
        <AccountChangeDialog stall={stall} vendorId={vendor.id} isFirst={isFirst} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
