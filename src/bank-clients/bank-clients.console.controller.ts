import { Body, Controller, Get, Headers, Param, Post, Put, Query } from '@nestjs/common';
import type { Approval } from '../approvals/approvals.schema';
import { approvalSchema } from '../approvals/approvals.schema';
import { versionOf } from '../platform/http/if-match';
import { Operation } from '../platform/http/operation.decorator';
import type { Page } from '../platform/http/page';
import {
  type AddressesInput,
  addressesInputSchema,
  type BankClient,
  bankClientPageSchema,
  type BankClientRow,
  bankClientSchema,
  type BankClientsQuery,
  bankClientsQuerySchema,
  type BinParam,
  binParamSchema,
  type EnvironmentParam,
  environmentParamSchema,
  type IssuedKey,
  issuedKeySchema,
  type KeyParam,
  keyParamSchema,
  type LiveKeyInput,
  liveKeyInputSchema,
  type TestKeyInput,
  testKeyInputSchema,
} from './bank-clients.schema';
import { BankClientsService } from './bank-clients.service';

const NEW_KEY_REFUSED = [
  'bank_not_found',
  'bank_key_limit',
  'bank_key_known',
  'public_key_invalid',
  'public_key_not_fitting',
  'private_key_sent',
];
const MOVE_REFUSED = ['bank_key_not_found', 'bank_key_state'];

/** Keys of institutions that report, and from where they may call. */
@Controller('api/v1/bank-clients')
export class BankClientsConsoleController {
  constructor(private readonly clients: BankClientsService) {}

  @Get()
  @Operation({
    id: 'listBankClients',
    summary: 'Institutions with their agreements and how many keys they have',
    audience: 'staff',
    permission: 'bank_client.read',
    answer: bankClientPageSchema,
    refusals: ['cursor_invalid'],
  })
  list(@Query({ schema: bankClientsQuerySchema }) query: BankClientsQuery): Promise<Page<BankClientRow>> {
    return this.clients.list(query);
  }

  @Get(':bin')
  @Operation({
    id: 'readBankClient',
    summary: 'One institution: its keys, without any secret, and its addresses',
    audience: 'staff',
    permission: 'bank_client.read',
    answer: bankClientSchema,
    refusals: ['bank_client_not_found'],
  })
  read(@Param({ schema: binParamSchema }) { bin }: BinParam): Promise<BankClient> {
    return this.clients.read(bin);
  }

  @Post(':bin/test-keys')
  @Operation({
    id: 'createTestKey',
    summary: 'Make a key for the sandbox; its secret is in this answer and nowhere else',
    audience: 'staff',
    permission: 'bank_client.manage',
    stepUp: true,
    status: 201,
    answer: issuedKeySchema,
    refusals: NEW_KEY_REFUSED,
  })
  createTestKey(
    @Param({ schema: binParamSchema }) { bin }: BinParam,
    @Body({ schema: testKeyInputSchema }) input: TestKeyInput,
  ): Promise<IssuedKey> {
    return this.clients.createTestKey(bin, input);
  }

  @Post(':bin/live-keys')
  @Operation({
    id: 'requestLiveKey',
    summary: 'Ask for a live key: another person decides, then whoever asked collects it',
    audience: 'staff',
    permission: 'bank_client.manage',
    stepUp: true,
    status: 202,
    answer: approvalSchema,
    refusals: [...NEW_KEY_REFUSED, 'approval_pending'],
  })
  requestLiveKey(
    @Param({ schema: binParamSchema }) { bin }: BinParam,
    @Body({ schema: liveKeyInputSchema }) input: LiveKeyInput,
  ): Promise<Approval> {
    return this.clients.requestLiveKey(bin, input);
  }

  @Post(':bin/keys/:keyId/collect')
  @Operation({
    id: 'collectBankKey',
    summary: 'Make the granted key; its secret is in this answer and nowhere else',
    audience: 'staff',
    permission: 'bank_client.manage',
    stepUp: true,
    answer: issuedKeySchema,
    refusals: ['bank_key_not_found', 'bank_key_not_yours', 'bank_key_not_collectable'],
  })
  collect(@Param({ schema: keyParamSchema }) { bin, keyId }: KeyParam): Promise<IssuedKey> {
    return this.clients.collect(bin, keyId);
  }

  @Post(':bin/keys/:keyId/suspend')
  @Operation({
    id: 'suspendBankKey',
    summary: 'Refuse what is signed with it until it is resumed',
    audience: 'staff',
    permission: 'bank_client.manage',
    stepUp: true,
    status: 204,
    refusals: MOVE_REFUSED,
  })
  suspend(@Param({ schema: keyParamSchema }) { bin, keyId }: KeyParam): Promise<void> {
    return this.clients.move(bin, keyId, 'suspended');
  }

  @Post(':bin/keys/:keyId/resume')
  @Operation({
    id: 'resumeBankKey',
    summary: 'Accept a suspended key again',
    audience: 'staff',
    permission: 'bank_client.manage',
    stepUp: true,
    status: 204,
    refusals: MOVE_REFUSED,
  })
  resume(@Param({ schema: keyParamSchema }) { bin, keyId }: KeyParam): Promise<void> {
    return this.clients.move(bin, keyId, 'active');
  }

  @Post(':bin/keys/:keyId/retire')
  @Operation({
    id: 'retireBankKey',
    summary: 'Refuse it for ever, and make room for a new one',
    audience: 'staff',
    permission: 'bank_client.manage',
    stepUp: true,
    status: 204,
    refusals: MOVE_REFUSED,
  })
  retire(@Param({ schema: keyParamSchema }) { bin, keyId }: KeyParam): Promise<void> {
    return this.clients.move(bin, keyId, 'retired');
  }

  @Put(':bin/addresses/:environment')
  @Operation({
    id: 'setBankAddresses',
    summary: 'From where it may call; an empty list: from anywhere. If-Match names the version that was read',
    audience: 'staff',
    permission: 'bank_client.manage',
    stepUp: true,
    answer: bankClientSchema,
    refusals: ['bank_not_found', 'if_match_required', 'version_conflict'],
  })
  async setAddresses(
    @Param({ schema: environmentParamSchema }) { bin, environment }: EnvironmentParam,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: addressesInputSchema }) { networks }: AddressesInput,
  ): Promise<BankClient> {
    await this.clients.setAddresses(bin, environment, versionOf(ifMatch), networks);
    return this.clients.read(bin);
  }
}
