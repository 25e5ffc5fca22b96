import { Controller, Get, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { BusinessDay } from '../kernel/business-day';
import { Operation } from '../platform/http/operation.decorator';
import { type Page, pageSchema } from '../platform/http/page';
import { CoverageService } from './coverage.service';
import { OverviewService } from './overview.service';
import {
  type BankCalendar,
  bankCalendarSchema,
  calendarQuerySchema,
  type Overview,
  overviewQuerySchema,
  overviewSchema,
  type Totals,
  type TotalsQuery,
  totalsQuerySchema,
  totalsSchema,
} from './reports.schema';
import {
  type ClosedFigures,
  closedFiguresSchema,
  type Restatement,
  restatementSchema,
  type RestatementsQuery,
  restatementsQuerySchema,
} from './restatements.schema';
import { RestatementsService } from './restatements.service';
import { TotalsService } from './totals.service';

@Controller('api/v1')
export class ReportsConsoleController {
  constructor(
    private readonly totals: TotalsService,
    private readonly coverage: CoverageService,
    private readonly overview: OverviewService,
    private readonly restatements: RestatementsService,
  ) {}

  @Get('totals')
  @Operation({
    id: 'getTotals',
    summary: 'Takings of a period by one dimension, with coverage',
    audience: 'staff',
    permission: 'totals.read',
    answer: totalsSchema,
    refusals: ['period_invalid', 'market_not_found'],
  })
  totalsOf(@Query({ schema: totalsQuerySchema }) query: TotalsQuery): Promise<Totals> {
    return this.totals.totalsOf(query);
  }

  @Get('overview')
  @Operation({
    id: 'getOverview',
    summary: 'The province on one page',
    audience: 'staff',
    permission: 'totals.read',
    answer: overviewSchema,
  })
  overviewOf(@Query({ schema: overviewQuerySchema }) query: z.infer<typeof overviewQuerySchema>): Promise<Overview> {
    return this.overview.overviewOf(query.day as BusinessDay | undefined);
  }

  @Get('bank-calendar')
  @Operation({
    id: 'getBankCalendar',
    summary: 'Which bank has reported which day',
    audience: 'staff',
    permission: 'submission.read',
    answer: bankCalendarSchema,
    refusals: ['period_invalid'],
  })
  calendar(@Query({ schema: calendarQuerySchema }) query: z.infer<typeof calendarQuerySchema>): Promise<BankCalendar> {
    return this.coverage.calendar(query.from as BusinessDay, query.to as BusinessDay);
  }

  @Get('periods/:id')
  @Operation({
    id: 'getPeriod',
    summary: 'A closed period: its figures as closed, what changed since, and what they are now',
    audience: 'staff',
    permission: 'totals.read',
    answer: closedFiguresSchema,
    refusals: ['period_not_found'],
  })
  period(@Param('id') id: string): Promise<ClosedFigures> {
    return this.restatements.figuresOf(id);
  }

  @Get('periods/:id/restatements')
  @Operation({
    id: 'listRestatements',
    summary: 'What entered a period after it was closed, the latest first',
    audience: 'staff',
    permission: 'totals.read',
    answer: pageSchema(restatementSchema),
    refusals: ['period_not_found', 'cursor_invalid'],
  })
  restatementsOf(
    @Param('id') id: string,
    @Query({ schema: restatementsQuerySchema }) query: RestatementsQuery,
  ): Promise<Page<Restatement>> {
    return this.restatements.list(id, query);
  }
}
