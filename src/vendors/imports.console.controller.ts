import { Controller, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ListFile, MarketImportService } from '../markets/market-import.service';
import { marketParamSchema } from '../markets/market.schema';
import { preferredLanguage } from '../platform/http/language';
import { Operation } from '../platform/http/operation.decorator';
import { readUpload } from '../platform/http/upload';
import { MAX_LIST_BYTES } from '../platform/lists/csv-list';
import { importReportSchema } from '../platform/lists/import-report';
import { VendorImportService } from './vendor-import.service';

const importQuerySchema = z.strictObject({
  dryRun: z.stringbool().default(false).meta({ description: 'Check everything, keep nothing', example: 'false' }),
});

type ImportQuery = z.infer<typeof importQuerySchema>;

const LIST_BODY = {
  schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] },
};
const LIST_REFUSALS = [
  'file_missing',
  'file_too_large',
  'list_empty',
  'list_encoding',
  'list_format_not_supported',
  'list_header_missing',
  'list_header_twice',
  'list_nul_character',
  'list_quote_broken',
  'list_row_incomplete',
  'list_too_large',
  'list_too_many_rows',
];

/** Lists handed over as files. */
@Controller('api/v1')
export class ImportsConsoleController {
  constructor(
    private readonly markets: MarketImportService,
    private readonly vendors: VendorImportService,
  ) {}

  @Post('imports/markets')
  @ApiConsumes('multipart/form-data', 'text/csv')
  @ApiBody(LIST_BODY)
  @Operation({
    id: 'importMarkets',
    summary: 'Register the markets of a list; repeating it changes nothing',
    audience: 'staff',
    permission: 'market.write',
    answer: importReportSchema,
    takesFile: true,
    refusals: LIST_REFUSALS,
  })
  async importMarkets(@Query({ schema: importQuerySchema }) { dryRun }: ImportQuery, @Req() request: FastifyRequest) {
    return this.markets.import(await listFile(request, dryRun));
  }

  @Post('markets/:code/imports/vendors')
  @ApiConsumes('multipart/form-data', 'text/csv')
  @ApiBody(LIST_BODY)
  @Operation({
    id: 'importVendors',
    summary: 'Register the vendors, stalls and accounts of a market’s list; repeating it changes nothing',
    audience: 'staff',
    permission: 'vendor.import',
    answer: importReportSchema,
    takesFile: true,
    refusals: ['market_not_found', 'import_disturbed', ...LIST_REFUSALS],
  })
  async importVendors(
    @Param({ schema: marketParamSchema }) { code }: z.infer<typeof marketParamSchema>,
    @Query({ schema: importQuerySchema }) { dryRun }: ImportQuery,
    @Req() request: FastifyRequest,
  ) {
    return this.vendors.import(code, await listFile(request, dryRun));
  }
}

async function listFile(request: FastifyRequest, dryRun: boolean): Promise<ListFile> {
  const upload = await readUpload(request, MAX_LIST_BYTES);
  return { ...upload, dryRun, language: preferredLanguage(request.headers['accept-language']) };
}
