import { Body, Controller, Param, Post } from '@nestjs/common';
import { Operation } from '../../platform/http/operation.decorator';
import { type IdParam, idParamSchema } from '../vendor.schema';
import { type AccountReveal, accountRevealSchema, type Reveal, revealedSchema, revealSchema } from './reveals.schema';
import { RevealsService } from './reveals.service';

const REVEAL = {
  audience: 'staff',
  permission: 'personal_data.reveal',
  stepUp: true,
  description: 'For a reason, which is recorded with who asked and what was shown. At most 30 an hour per person.',
  answer: revealedSchema,
} as const;

@Controller('api/v1')
export class RevealsConsoleController {
  constructor(private readonly reveals: RevealsService) {}

  @Post('vendors/:id/reveal')
  @Operation({
    id: 'revealVendorField',
    summary: 'Show one identifier of a vendor in clear',
    ...REVEAL,
    refusals: ['vendor_not_found', 'nothing_to_reveal', 'reveal_limit'],
  })
  ofVendor(@Param({ schema: idParamSchema }) { id }: IdParam, @Body({ schema: revealSchema }) reveal: Reveal) {
    return this.reveals.ofVendor(id, reveal);
  }

  @Post('accounts/:id/reveal')
  @Operation({
    id: 'revealAccount',
    summary: 'Show the number of a payout account in clear',
    ...REVEAL,
    refusals: ['account_not_found', 'reveal_limit'],
  })
  ofAccount(
    @Param({ schema: idParamSchema }) { id }: IdParam,
    @Body({ schema: accountRevealSchema }) reveal: AccountReveal,
  ) {
    return this.reveals.ofAccount(id, reveal);
  }
}
