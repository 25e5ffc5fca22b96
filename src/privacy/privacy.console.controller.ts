import { Body, Controller, Delete, Get, Param, Post, Put, Query, StreamableFile } from '@nestjs/common';
import { Operation } from '../platform/http/operation.decorator';
import {
  type DataRequest,
  type DataRequestAnswer,
  dataRequestAnswerSchema,
  type DataRequestInput,
  dataRequestInputSchema,
  dataRequestPageSchema,
  dataRequestSchema,
  type DataRequestsQuery,
  dataRequestsQuerySchema,
  type Holiday,
  holidayParamSchema,
  holidaySchema,
  holidaysSchema,
  type IdParam,
  idParamSchema,
  yearQuerySchema,
} from './data-requests.schema';
import { DataRequestsService } from './data-requests.service';
import { PersonalDataService } from './personal-data.service';
import {
  type PurgeInput,
  purgeInputSchema,
  type Purged,
  purgedSchema,
  type Retention,
  type RetentionDays,
  retentionDaysSchema,
  type RetentionParam,
  retentionParamSchema,
  type RetentionRuleAnswer,
  retentionRuleSchema,
  retentionSchema,
} from './retention.schema';
import { RetentionService } from './retention.service';
import { type VendorLink, vendorLinkSchema } from './vendor-portal.schema';
import { VendorLinksService } from './vendor-links.service';

/** What staff do about personal data: requests and their clock, copies, links of vendors, retention. */
@Controller('api/v1')
export class PrivacyConsoleController {
  constructor(
    private readonly requests: DataRequestsService,
    private readonly personalData: PersonalDataService,
    private readonly links: VendorLinksService,
    private readonly retention: RetentionService,
  ) {}

  @Get('data-requests')
  @Operation({
    id: 'listDataRequests',
    summary: 'Requests of data subjects: open ones first, as they fall due',
    audience: 'staff',
    permission: 'data_request.read',
    answer: dataRequestPageSchema,
    refusals: ['cursor_invalid'],
  })
  list(@Query({ schema: dataRequestsQuerySchema }) query: DataRequestsQuery) {
    return this.requests.list(query);
  }

  @Post('data-requests')
  @Operation({
    id: 'recordDataRequest',
    summary: 'Record a request; the clock of two working days starts',
    audience: 'staff',
    permission: 'data_request.write',
    status: 201,
    answer: dataRequestSchema,
    refusals: ['vendor_not_found', 'received_in_future'],
  })
  record(@Body({ schema: dataRequestInputSchema }) input: DataRequestInput): Promise<DataRequest> {
    return this.requests.record(input);
  }

  @Get('data-requests/:id')
  @Operation({
    id: 'readDataRequest',
    summary: 'One request',
    audience: 'staff',
    permission: 'data_request.read',
    answer: dataRequestSchema,
    refusals: ['data_request_not_found'],
  })
  read(@Param({ schema: idParamSchema }) { id }: IdParam): Promise<DataRequest> {
    return this.requests.read(id);
  }

  @Post('data-requests/:id/answer')
  @Operation({
    id: 'answerDataRequest',
    summary: 'Answered, refused with the reason, or taken back: the clock stops',
    audience: 'staff',
    permission: 'data_request.write',
    answer: dataRequestSchema,
    refusals: ['data_request_not_found', 'data_request_closed'],
  })
  answer(
    @Param({ schema: idParamSchema }) { id }: IdParam,
    @Body({ schema: dataRequestAnswerSchema }) answer: DataRequestAnswer,
  ): Promise<DataRequest> {
    return this.requests.answer(id, answer);
  }

  @Get('vendors/:id/personal-data')
  @Operation({
    id: 'copyPersonalData',
    summary: 'Everything held on a vendor, in clear, for that person; recorded in the trail',
    audience: 'staff',
    permission: 'data_request.write',
    stepUp: true,
    files: ['application/json'],
    refusals: ['vendor_not_found'],
  })
  async copy(@Param({ schema: idParamSchema }) { id }: IdParam): Promise<StreamableFile> {
    const text = await this.personalData.copyOf(id);
    return new StreamableFile(Buffer.from(text), {
      type: 'application/json; charset=utf-8',
      disposition: 'attachment; filename="du-lieu-ca-nhan.json"',
    });
  }

  @Post('vendors/:id/links')
  @Operation({
    id: 'makeVendorLink',
    summary: 'A vendor’s own way in, shown once; former links end',
    audience: 'staff',
    permission: 'vendor.write',
    status: 201,
    answer: vendorLinkSchema,
    refusals: ['vendor_not_found', 'vendor_not_active', 'vendor_held_elsewhere'],
  })
  makeLink(@Param({ schema: idParamSchema }) { id }: IdParam): Promise<VendorLink> {
    return this.links.make(id);
  }

  @Delete('vendors/:id/links')
  @Operation({
    id: 'revokeVendorLinks',
    summary: 'End every link of a vendor',
    audience: 'staff',
    permission: 'vendor.write',
    status: 204,
    refusals: ['vendor_not_found'],
  })
  revokeLinks(@Param({ schema: idParamSchema }) { id }: IdParam): Promise<void> {
    return this.links.revoke(id);
  }

  @Get('holidays')
  @Operation({
    id: 'listHolidays',
    summary: 'Days off of a year, besides Saturdays and Sundays',
    audience: 'staff',
    permission: 'reference.read',
    answer: holidaysSchema,
  })
  async holidays(@Query({ schema: yearQuerySchema }) { year }: { year: string }): Promise<{ items: Holiday[] }> {
    return { items: await this.requests.holidays(year) };
  }

  @Post('holidays')
  @Operation({
    id: 'addHoliday',
    summary: 'Add a day off; clocks that run keep their day',
    audience: 'staff',
    permission: 'data_request.write',
    status: 201,
    answer: holidaySchema,
    refusals: ['holiday_known'],
  })
  addHoliday(@Body({ schema: holidaySchema }) holiday: Holiday): Promise<Holiday> {
    return this.requests.addHoliday(holiday);
  }

  @Delete('holidays/:day')
  @Operation({
    id: 'removeHoliday',
    summary: 'Remove a day off',
    audience: 'staff',
    permission: 'data_request.write',
    status: 204,
    refusals: ['holiday_not_found'],
  })
  removeHoliday(@Param({ schema: holidayParamSchema }) { day }: Pick<Holiday, 'day'>): Promise<void> {
    return this.requests.removeHoliday(day);
  }

  @Get('retention')
  @Operation({
    id: 'readRetention',
    summary: 'For how long what is kept, and what a purge would take today (the dry run)',
    audience: 'staff',
    permission: 'retention.manage',
    answer: retentionSchema,
  })
  readRetention(): Promise<Retention> {
    return this.retention.dryRun();
  }

  @Put('retention/:rule')
  @Operation({
    id: 'setRetention',
    summary: 'Change for how long something is kept',
    audience: 'staff',
    permission: 'retention.manage',
    stepUp: true,
    answer: retentionRuleSchema,
  })
  setRetention(
    @Param({ schema: retentionParamSchema }) { rule }: RetentionParam,
    @Body({ schema: retentionDaysSchema }) { days }: RetentionDays,
  ): Promise<RetentionRuleAnswer> {
    return this.retention.setDays(rule, days);
  }

  @Post('retention/:rule/purge')
  @Operation({
    id: 'purge',
    summary: 'Remove what is due, as many as were seen to be due',
    audience: 'staff',
    permission: 'retention.manage',
    stepUp: true,
    answer: purgedSchema,
    refusals: ['purge_outdated'],
  })
  purge(
    @Param({ schema: retentionParamSchema }) { rule }: RetentionParam,
    @Body({ schema: purgeInputSchema }) { due }: PurgeInput,
  ): Promise<Purged> {
    return this.retention.purge(rule, due);
  }
}
