import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Operation } from '../platform/http/operation.decorator';
import { type Page, pageSchema } from '../platform/http/page';
import {
  type ClosedPeriod,
  closedPeriodSchema,
  type ClosingInput,
  closingInputSchema,
  type PeriodsQuery,
  periodsQuerySchema,
} from './periods.schema';
import { PeriodsService } from './periods.service';

@Controller('api/v1/periods')
export class PeriodsConsoleController {
  constructor(private readonly periods: PeriodsService) {}

  @Get()
  @Operation({
    id: 'listPeriods',
    summary: 'Closed periods, the latest first',
    audience: 'staff',
    permission: 'totals.read',
    answer: pageSchema(closedPeriodSchema),
    refusals: ['cursor_invalid'],
  })
  list(@Query({ schema: periodsQuerySchema }) query: PeriodsQuery): Promise<Page<ClosedPeriod>> {
    return this.periods.list(query);
  }

  @Post('closings')
  @Operation({
    id: 'closePeriod',
    summary: 'Close the figures of a month',
    description:
      'From then on a bank’s correction or late file for a day of the month waits for a second person, and every ' +
      'entry into the month is a restatement.',
    audience: 'staff',
    permission: 'period.close',
    status: 201,
    answer: closedPeriodSchema,
    refusals: ['period_not_over', 'period_already_closed', 'period_outside_area'],
  })
  close(@Body({ schema: closingInputSchema }) input: ClosingInput): Promise<ClosedPeriod> {
    return this.periods.close(input);
  }
}
