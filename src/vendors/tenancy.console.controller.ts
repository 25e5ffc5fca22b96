import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { approvalSchema } from '../approvals/approvals.schema';
import type { StallCode } from '../kernel/stall-code';
import { marketParamSchema } from '../markets/market.schema';
import { stallParamSchema } from '../markets/stall.schema';
import { Operation } from '../platform/http/operation.decorator';
import { AccountChangesService } from './account-changes/account-changes.service';
import { ConsentsService } from './consents.service';
import { LeasesService } from './leases.service';
import { noticesSchema } from './notices/notices.schema';
import { NoticesService } from './notices/notices.service';
import { PayoutAccountsService } from './payout-accounts.service';
import { stallSchema } from './stall-register.schema';
import { StallRegisterService } from './stall-register.service';
import {
  type AccountInput,
  accountInputSchema,
  type AssignmentInput,
  assignmentInputSchema,
  type ConsentInput,
  consentInputSchema,
  type LeaseEnd,
  leaseEndSchema,
  type LeaseInput,
  leaseInputSchema,
  type MarketVerification,
  marketVerificationSchema,
  type Verification,
  verificationSchema,
  verifiedCountSchema,
} from './tenancy.schema';
import { accountSchema, consentSchema, type IdParam, idParamSchema, leaseSchema } from './vendor.schema';

type MarketParam = z.infer<typeof marketParamSchema>;
type StallParam = { readonly stallCode: StallCode };

/** What ties a vendor to a stall and to the money: leases, accounts, consents. */
@Controller('api/v1')
export class TenancyConsoleController {
  constructor(
    private readonly leases: LeasesService,
    private readonly accounts: PayoutAccountsService,
    private readonly changes: AccountChangesService,
    private readonly notices: NoticesService,
    private readonly consents: ConsentsService,
    private readonly stalls: StallRegisterService,
  ) {}

  @Post('stalls/:stallCode/leases')
  @Operation({
    id: 'beginLease',
    summary: 'A vendor takes a stall',
    audience: 'staff',
    permission: 'lease.write',
    status: 201,
    answer: leaseSchema,
    refusals: [
      'stall_not_found',
      'vendor_not_found',
      'vendor_not_active',
      'lease_overlap',
      'stall_not_open',
      'period_reversed',
    ],
  })
  beginLease(
    @Param({ schema: stallParamSchema }) { stallCode }: StallParam,
    @Body({ schema: leaseInputSchema }) input: LeaseInput,
  ) {
    return this.leases.begin(stallCode, input);
  }

  @Post('leases/:id/end')
  @Operation({
    id: 'endLease',
    summary: 'The vendor leaves the stall; its account for it ends the same day',
    audience: 'staff',
    permission: 'lease.write',
    answer: leaseSchema,
    refusals: ['lease_not_found', 'lease_ended', 'period_reversed', 'assignment_overlap'],
  })
  endLease(@Param({ schema: idParamSchema }) { id }: IdParam, @Body({ schema: leaseEndSchema }) { toDay }: LeaseEnd) {
    return this.leases.end(id, toDay);
  }

  @Post('vendors/:id/accounts')
  @Operation({
    id: 'addAccount',
    summary: 'Add a payout account, unverified',
    audience: 'staff',
    permission: 'account.write',
    status: 201,
    answer: accountSchema,
    refusals: ['vendor_not_found', 'vendor_not_active', 'bank_not_found', 'account_known'],
  })
  addAccount(
    @Param({ schema: idParamSchema }) { id }: IdParam,
    @Body({ schema: accountInputSchema }) input: AccountInput,
  ) {
    return this.accounts.add(id, input);
  }

  @Post('accounts/:id/verification')
  @Operation({
    id: 'verifyAccount',
    summary: 'The account was checked and is right',
    audience: 'staff',
    permission: 'account.verify',
    answer: accountSchema,
    refusals: ['account_not_found', 'account_verified'],
  })
  verifyAccount(
    @Param({ schema: idParamSchema }) { id }: IdParam,
    @Body({ schema: verificationSchema }) input: Verification,
  ) {
    return this.accounts.verify(id, input);
  }

  @Post('markets/:code/account-verifications')
  @Operation({
    id: 'verifyMarketAccounts',
    summary: 'All unverified accounts that stalls of the market pay into were checked',
    audience: 'staff',
    permission: 'account.verify',
    stepUp: true,
    answer: verifiedCountSchema,
    refusals: ['market_not_found'],
  })
  async verifyMarketAccounts(
    @Param({ schema: marketParamSchema }) { code }: MarketParam,
    @Body({ schema: marketVerificationSchema }) input: MarketVerification,
  ) {
    return { verified: await this.accounts.verifyMarket(code, input) };
  }

  @Post('stalls/:stallCode/payout-assignments')
  @Operation({
    id: 'assignAccount',
    summary: 'The stall pays into an account of its vendor from a day on; any but its first takes a second person',
    audience: 'staff',
    permission: 'account.assign',
    stepUp: true,
    status: 201,
    answer: stallSchema,
    waits: approvalSchema,
    refusals: [
      'stall_not_found',
      'account_not_found',
      'account_of_another_vendor',
      'assignment_overlap',
      'reason_required',
      'approval_pending',
    ],
  })
  async assignAccount(
    @Param({ schema: stallParamSchema }) { stallCode }: StallParam,
    @Body({ schema: assignmentInputSchema }) input: AssignmentInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const approval = await this.changes.assign(stallCode, input);
    if (!approval) return this.stalls.read(stallCode);
    void reply.status(202);
    return approval;
  }

  @Get('vendors/:id/notices')
  @Operation({
    id: 'listVendorNotices',
    summary: 'What the vendor was told, or is to be told; the newest hundred',
    audience: 'staff',
    permission: 'vendor.read',
    answer: noticesSchema,
    refusals: ['vendor_not_found'],
  })
  listNotices(@Param({ schema: idParamSchema }) { id }: IdParam) {
    return this.notices.ofVendor(id);
  }

  @Post('vendors/:id/consents')
  @Operation({
    id: 'giveConsent',
    summary: 'The vendor agrees to a purpose',
    audience: 'staff',
    permission: 'consent.record',
    status: 201,
    answer: consentSchema,
    refusals: ['vendor_not_found', 'vendor_not_active', 'consent_given'],
  })
  giveConsent(
    @Param({ schema: idParamSchema }) { id }: IdParam,
    @Body({ schema: consentInputSchema }) input: ConsentInput,
  ) {
    return this.consents.give(id, input);
  }

  @Post('consents/:id/withdrawal')
  @Operation({
    id: 'withdrawConsent',
    summary: 'The vendor takes a consent back',
    audience: 'staff',
    permission: 'consent.record',
    answer: consentSchema,
    refusals: ['consent_not_found', 'consent_withdrawn'],
  })
  withdrawConsent(@Param({ schema: idParamSchema }) { id }: IdParam) {
    return this.consents.withdraw(id);
  }
}
