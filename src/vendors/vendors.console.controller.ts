import { Body, Controller, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { etagOf, versionOf } from '../platform/http/if-match';
import { Operation } from '../platform/http/operation.decorator';
import { LookupsService } from './lookups/lookups.service';
import {
  type IdParam,
  idParamSchema,
  type Reason,
  reasonSchema,
  type Vendor,
  type VendorChange,
  vendorChangeSchema,
  type VendorInput,
  vendorInputSchema,
  type VendorListQuery,
  vendorListQuerySchema,
  vendorPageSchema,
  vendorSchema,
} from './vendor.schema';
import { VendorsService } from './vendors.service';

const STEP = { audience: 'staff', permission: 'vendor.approve', answer: vendorSchema } as const;
const STEP_REFUSALS = ['vendor_not_found', 'vendor_cannot_move'];

@Controller('api/v1/vendors')
export class VendorsConsoleController {
  constructor(
    private readonly vendors: VendorsService,
    private readonly lookups: LookupsService,
  ) {}

  @Get()
  @Operation({
    id: 'listVendors',
    summary: 'Vendors in Vietnamese order, identifiers masked',
    audience: 'staff',
    permission: 'vendor.read',
    answer: vendorPageSchema,
    refusals: ['cursor_invalid', 'lookup_limit'],
  })
  list(@Query({ schema: vendorListQuerySchema }) query: VendorListQuery) {
    return this.lookups.counted(query.q, () => this.vendors.list(query));
  }

  @Post()
  @Operation({
    id: 'registerVendor',
    summary: 'Register a vendor as a draft',
    audience: 'staff',
    permission: 'vendor.write',
    status: 201,
    answer: vendorSchema,
    refusals: ['personal_id_taken'],
  })
  async register(
    @Body({ schema: vendorInputSchema }) input: VendorInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withETag(reply, await this.vendors.register(input));
  }

  @Get(':id')
  @Operation({
    id: 'readVendor',
    summary: 'One vendor with leases, accounts and consents; ETag for changes',
    audience: 'staff',
    permission: 'vendor.read',
    answer: vendorSchema,
    refusals: ['vendor_not_found'],
  })
  async read(@Param({ schema: idParamSchema }) { id }: IdParam, @Res({ passthrough: true }) reply: FastifyReply) {
    return withETag(reply, await this.vendors.read(id));
  }

  @Patch(':id')
  @Operation({
    id: 'changeVendor',
    summary: 'Change a vendor; If-Match names the version that was read',
    audience: 'staff',
    permission: 'vendor.write',
    answer: vendorSchema,
    refusals: ['vendor_not_found', 'version_conflict', 'if_match_required', 'personal_id_taken'],
  })
  async change(
    @Param({ schema: idParamSchema }) { id }: IdParam,
    @Body({ schema: vendorChangeSchema }) change: VendorChange,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withETag(reply, await this.vendors.change(id, versionOf(ifMatch), change));
  }

  @Post(':id/submit')
  @Operation({
    id: 'submitVendor',
    summary: 'Submit for approval',
    audience: 'staff',
    permission: 'vendor.write',
    answer: vendorSchema,
    refusals: STEP_REFUSALS,
  })
  submit(@Param({ schema: idParamSchema }) { id }: IdParam) {
    return this.vendors.move(id, 'submitted');
  }

  @Post(':id/approve')
  @Operation({
    id: 'approveVendor',
    summary: 'Approve, by somebody other than who submitted; also lifts a suspension',
    ...STEP,
    refusals: [...STEP_REFUSALS, 'same_person'],
  })
  approve(@Param({ schema: idParamSchema }) { id }: IdParam) {
    return this.vendors.move(id, 'approved');
  }

  @Post(':id/return')
  @Operation({ id: 'returnVendor', summary: 'Return for correction', ...STEP, refusals: STEP_REFUSALS })
  return(@Param({ schema: idParamSchema }) { id }: IdParam, @Body({ schema: reasonSchema }) { reason }: Reason) {
    return this.vendors.move(id, 'returned', reason);
  }

  @Post(':id/reject')
  @Operation({
    id: 'rejectVendor',
    summary: 'Reject, by somebody other than who submitted',
    ...STEP,
    refusals: [...STEP_REFUSALS, 'same_person'],
  })
  reject(@Param({ schema: idParamSchema }) { id }: IdParam, @Body({ schema: reasonSchema }) { reason }: Reason) {
    return this.vendors.move(id, 'rejected', reason);
  }

  @Post(':id/suspend')
  @Operation({ id: 'suspendVendor', summary: 'Suspend', ...STEP, refusals: STEP_REFUSALS })
  suspend(@Param({ schema: idParamSchema }) { id }: IdParam, @Body({ schema: reasonSchema }) { reason }: Reason) {
    return this.vendors.move(id, 'suspended', reason);
  }

  @Post(':id/cease')
  @Operation({
    id: 'ceaseVendor',
    summary: 'Cease, once no stall is held any more',
    ...STEP,
    refusals: [...STEP_REFUSALS, 'vendor_holds_stalls'],
  })
  cease(@Param({ schema: idParamSchema }) { id }: IdParam, @Body({ schema: reasonSchema }) { reason }: Reason) {
    return this.vendors.move(id, 'ceased', reason);
  }
}

function withETag(reply: FastifyReply, vendor: Vendor): Vendor {
  void reply.header('ETag', etagOf(vendor.version));
  return vendor;
}
