import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { assignAccount } from '../api/accounts';
import { isWaiting } from '../api/approvals';
import type { AssignAccountInput, PayoutAccount, Stall } from '../api/types';
import { readVendor } from '../api/vendors';
import { dayOf } from '../format/day';
import { DayField } from '../kit/day-field';
import { Dialog } from '../kit/dialog';
import { ProblemNote } from '../kit/problem-note';
import { QueryView } from '../kit/query-view';
import { useNotice } from '../kit/use-notice';

interface AccountChangeDialogProps {
  readonly stall: Stall;
  readonly vendorId: string;
  readonly isFirst: boolean;
  readonly onClose: () => void;
}

/** Chooses among the vendor's accounts; says what the change ends before it is asked for. */
export function AccountChangeDialog({ stall, vendorId, isFirst, onClose }: AccountChangeDialogProps) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['vendor', vendorId], queryFn: () => readVendor(vendorId) });
  const said = { stall: stall.number };
  return (
    <Dialog title={t('accountChange.title', said)} onClose={onClose}>
      <p>{t(isFirst ? 'accountChange.firstText' : 'accountChange.text', said)}</p>
      <QueryView query={query} lines={3}>
        {({ accounts }) => {
          const choices = accounts.filter(({ id }) => id !== stall.account?.id);
          if (choices.length === 0) return <p className="soft">{t('accountChange.none')}</p>;
          return <ChangeForm stall={stall} accounts={choices} isFirst={isFirst} onClose={onClose} />;
        }}
      </QueryView>
    </Dialog>
  );
}

interface ChangeFormProps extends Omit<AccountChangeDialogProps, 'vendorId'> {
  readonly accounts: readonly PayoutAccount[];
}

function ChangeForm({ stall, accounts, isFirst, onClose }: ChangeFormProps) {
  const { t } = useTranslation();
  const change = useChange(stall, onClose);
  const required = { required: true, message: t('form.required') };
  return (
    <Form<AssignAccountInput>
      layout="vertical"
      requiredMark="optional"
      validateTrigger="onBlur"
      initialValues={{ accountId: accounts[0]?.id, fromDay: dayOf(new Date()) }}
      onFinish={(input) => change.mutate(input)}
    >
      <Form.Item name="accountId" label={t('accountChange.account')} rules={[required]}>
        <Radio.Group
          vertical
          options={accounts.map((account) => ({ value: account.id, label: <AccountChoice account={account} /> }))}
        />
      </Form.Item>
      <Form.Item name="fromDay" label={t('accountChange.fromDay')} rules={[required]}>
        <DayField isRequired />
      </Form.Item>
      {!isFirst && (
        <Form.Item name="reason" label={t('form.reason')} rules={[{ ...required, whitespace: true }]}>
          <Input.TextArea maxLength={500} rows={3} />
        </Form.Item>
      )}
      {change.error ? <ProblemNote error={change.error} /> : null}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t(isFirst ? 'accountChange.assign' : 'accountChange.send')}
        </Button>
      </div>
    </Form>
  );
}

function AccountChoice({ account }: { readonly account: PayoutAccount }) {
  const { t } = useTranslation();
  const state = t(account.verified ? 'account.verified' : 'account.unverified');
  return <>{[account.bankName, account.accountMasked, account.holderName, state].filter(Boolean).join(' · ')}</>;
}

function useChange(stall: Stall, onDone: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const notice = useNotice();
  return useMutation({
    mutationFn: (input: AssignAccountInput) => assignAccount(stall.code, input),
    onSuccess: async (done) => {
      for (const key of ['stalls', 'market', 'overview', 'approvals'])
        void client.invalidateQueries({ queryKey: [key] });
      await client.invalidateQueries({ queryKey: ['stall', stall.code] });
      onDone();
      notice.done(isWaiting(done) ? t('inbox.asked') : t('accountChange.assigned', { stall: stall.number }));
    },
  });
}
