import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { BusinessDay } from '../kernel/business-day';
import { currentActor } from '../platform/actor';
import { Operation } from '../platform/http/operation.decorator';
import { CoverageService } from './coverage.service';
import { type BankCalendar, bankCalendarSchema, calendarQuerySchema } from './reports.schema';

@Controller('api/v1/bank')
export class ReportsBankController {
  constructor(private readonly coverage: CoverageService) {}

  @Get('calendar')
  @Operation({
    id: 'getOwnCalendar',
    summary: 'Which of your days we hold, and which are missing',
    audience: 'bank',
    answer: bankCalendarSchema,
    refusals: ['period_invalid'],
  })
  calendar(@Query({ schema: calendarQuerySchema }) query: z.infer<typeof calendarQuerySchema>): Promise<BankCalendar> {
    return this.coverage.calendar(query.from as BusinessDay, query.to as BusinessDay, currentActor().id);
  }
}
