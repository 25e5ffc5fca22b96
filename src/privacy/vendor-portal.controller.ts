import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Operation } from '../platform/http/operation.decorator';
import { type Consent, consentSchema } from '../vendors/vendor.schema';
import {
  type DataRequest,
  dataRequestSchema,
  type IdParam,
  idParamSchema,
  type OwnRequestInput,
  ownRequestInputSchema,
} from './data-requests.schema';
import { type OwnRecord, ownRecordSchema } from './vendor-portal.schema';
import { VendorPortalService } from './vendor-portal.service';

/** For vendors, by their own link: what is held on them, and how to take a consent back or ask for more. */
@Controller('api/v1/mine')
export class VendorPortalController {
  constructor(private readonly portal: VendorPortalService) {}

  @Get()
  @Operation({
    id: 'readMine',
    summary: 'The vendor’s own stalls, codes, consents and requests',
    audience: 'vendor',
    answer: ownRecordSchema,
    refusals: ['vendor_link_not_valid'],
  })
  read(): Promise<OwnRecord> {
    return this.portal.read();
  }

  @Post('consents/:id/withdrawal')
  @Operation({
    id: 'withdrawMyConsent',
    summary: 'Take a consent back, as easily as it was given',
    audience: 'vendor',
    answer: consentSchema,
    refusals: ['consent_not_found', 'consent_withdrawn', 'vendor_link_not_valid'],
  })
  withdraw(@Param({ schema: idParamSchema }) { id }: IdParam): Promise<Consent> {
    return this.portal.withdraw(id);
  }

  @Post('data-requests')
  @Operation({
    id: 'askAboutMyData',
    summary: 'Ask for a copy, a correction, deletion …; answered within two working days',
    audience: 'vendor',
    status: 201,
    answer: dataRequestSchema,
    refusals: ['vendor_link_not_valid', 'too_many_open_requests'],
  })
  ask(@Body({ schema: ownRequestInputSchema }) input: OwnRequestInput): Promise<DataRequest> {
    return this.portal.ask(input);
  }
}
