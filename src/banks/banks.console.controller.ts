import { Controller, Get, Query } from '@nestjs/common';
import { Operation } from '../platform/http/operation.decorator';
import { type BankListQuery, bankListQuerySchema, bankPageSchema } from './banks.schema';
import { BanksService } from './banks.service';

@Controller('api/v1/banks')
export class BanksConsoleController {
  constructor(private readonly banks: BanksService) {}

  @Get()
  @Operation({
    id: 'listBanks',
    summary: 'Institutions of the directory, found by any name they go by',
    audience: 'staff',
    permission: 'reference.read',
    answer: bankPageSchema,
    refusals: ['cursor_invalid'],
  })
  list(@Query({ schema: bankListQuerySchema }) query: BankListQuery) {
    return this.banks.list(query);
  }
}
