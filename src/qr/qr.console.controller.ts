import { Body, Controller, Get, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StoredFiles } from '../platform/files/stored-files';
import { Operation } from '../platform/http/operation.decorator';
import { type Page, pageSchema } from '../platform/http/page';
import { type Approval, approvalSchema } from '../approvals/approvals.schema';
import { CardPacksService } from './card-packs.service';
import { CardPicturesService } from './card-pictures.service';
import { issueOf, QrIssuesService } from './qr-issues.service';
import { QrReissuesService, type Reissued } from './qr-reissues.service';
import {
  type CardPack,
  type CardPackInput,
  cardPackInputSchema,
  cardPackSchema,
  type IssueInput,
  issueInputSchema,
  type IssueResult,
  issueResultSchema,
  type IssuesQuery,
  issuesQuerySchema,
  type MassReissueInput,
  massReissueInputSchema,
  type MassReissueResult,
  massReissueResultSchema,
  type PacksQuery,
  packsQuerySchema,
  type QrIssue,
  qrIssueSchema,
  type ReissueInput,
  reissueInputSchema,
} from './qr.schema';

@Controller('api/v1')
export class QrConsoleController {
  constructor(
    private readonly issues: QrIssuesService,
    private readonly reissues: QrReissuesService,
    private readonly packs: CardPacksService,
    private readonly pictures: CardPicturesService,
    private readonly files: StoredFiles,
  ) {}

  @Post('markets/:code/qr-issues')
  @Operation({
    id: 'issueCodes',
    summary: 'Issue a code for every occupied stall with a verified account',
    audience: 'staff',
    permission: 'code.issue',
    answer: issueResultSchema,
    refusals: ['market_not_found', 'stall_not_found'],
  })
  issue(@Param('code') code: string, @Body({ schema: issueInputSchema }) input: IssueInput): Promise<IssueResult> {
    return this.issues.issueForMarket(code, input.stallCodes);
  }

  @Get('markets/:code/qr-issues')
  @Operation({
    id: 'listCodes',
    summary: 'Codes of a market in stall order',
    audience: 'staff',
    permission: 'code.read',
    answer: pageSchema(qrIssueSchema),
    refusals: ['market_not_found', 'cursor_invalid'],
  })
  list(@Param('code') code: string, @Query({ schema: issuesQuerySchema }) query: IssuesQuery): Promise<Page<QrIssue>> {
    return this.issues.list(code, query);
  }

  @Post('stalls/:stallCode/qr-issues')
  @Operation({
    id: 'reissueCode',
    summary: 'Retire a stall’s code and issue the next one; the 21st of a market within a day takes a second person',
    audience: 'staff',
    permission: 'code.reissue',
    stepUp: true,
    status: 201,
    answer: qrIssueSchema,
    waits: approvalSchema,
    refusals: [
      'stall_not_found',
      'stall_not_operating',
      'stall_not_let',
      'account_missing',
      'account_of_other_vendor',
      'account_unverified',
      'approval_pending',
    ],
  })
  async reissue(
    @Param('stallCode') stallCode: string,
    @Body({ schema: reissueInputSchema }) { reason }: ReissueInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QrIssue | Approval> {
    return answerOf(await this.reissues.reissue(stallCode, reason), reply);
  }

  @Post('markets/:code/qr-reissues')
  @Operation({
    id: 'reissueCodes',
    summary:
      'Replace the codes of many stalls; of a whole market, or of more than 20 within a day, with a second person',
    audience: 'staff',
    permission: 'code.reissue',
    stepUp: true,
    answer: massReissueResultSchema,
    waits: approvalSchema,
    refusals: ['market_not_found', 'stall_not_found', 'nothing_to_reissue', 'approval_pending'],
  })
  async reissueMany(
    @Param('code') code: string,
    @Body({ schema: massReissueInputSchema }) input: MassReissueInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MassReissueResult | Approval> {
    return answerOf(await this.reissues.reissueMany(code, input), reply);
  }

  @Get('qr-issues/:serial')
  @Operation({
    id: 'getCode',
    summary: 'A code by the serial on its card',
    audience: 'staff',
    permission: 'code.read',
    answer: qrIssueSchema,
    refusals: ['qr_issue_not_found'],
  })
  async find(@Param('serial') serial: string): Promise<QrIssue> {
    return issueOf(await this.issues.find(serial));
  }

  @Get('qr-issues/:serial/code.png')
  @Operation({
    id: 'getCodePng',
    summary: 'The code as a picture of one bit per pixel',
    audience: 'staff',
    permission: 'code.read',
    files: ['image/png'],
    refusals: ['qr_issue_not_found', 'qr_issue_retired'],
  })
  async png(@Param('serial') serial: string): Promise<StreamableFile> {
    return new StreamableFile(await this.pictures.png(serial), { type: 'image/png' });
  }

  @Get('qr-issues/:serial/code.svg')
  @Operation({
    id: 'getCodeSvg',
    summary: 'The code as one vector outline',
    audience: 'staff',
    permission: 'code.read',
    files: ['image/svg+xml'],
    refusals: ['qr_issue_not_found', 'qr_issue_retired'],
  })
  async svg(@Param('serial') serial: string): Promise<StreamableFile> {
    return new StreamableFile(await this.pictures.svg(serial), { type: 'image/svg+xml' });
  }

  @Get('qr-issues/:serial/card.pdf')
  @Operation({
    id: 'getCardPdf',
    summary: 'One A6 card, every code on it read back',
    audience: 'staff',
    permission: 'code.read',
    files: ['application/pdf'],
    refusals: ['qr_issue_not_found', 'qr_issue_retired', 'sheet_check_failed'],
  })
  async card(@Param('serial') serial: string): Promise<StreamableFile> {
    return new StreamableFile(await this.pictures.cardPdf(serial), {
      type: 'application/pdf',
      disposition: `inline; filename="the-qr-${serial.replace(/[^0-9]/g, '')}.pdf"`,
    });
  }

  @Post('markets/:code/card-packs')
  @Operation({
    id: 'requestCardPack',
    summary: 'Ask for a print file of all active codes of a market',
    audience: 'staff',
    permission: 'card.print',
    status: 202,
    answer: cardPackSchema,
    refusals: ['market_not_found', 'nothing_to_print'],
  })
  request(
    @Param('code') code: string,
    @Body({ schema: cardPackInputSchema }) { layout }: CardPackInput,
  ): Promise<CardPack> {
    return this.packs.request(code, layout);
  }

  @Get('markets/:code/card-packs')
  @Operation({
    id: 'listCardPacks',
    summary: 'Print files of a market, newest first',
    audience: 'staff',
    permission: 'code.read',
    answer: pageSchema(cardPackSchema),
    refusals: ['market_not_found', 'cursor_invalid'],
  })
  listPacks(
    @Param('code') code: string,
    @Query({ schema: packsQuerySchema }) query: PacksQuery,
  ): Promise<Page<CardPack>> {
    return this.packs.list(code, query);
  }

  @Get('card-packs/:id')
  @Operation({
    id: 'getCardPack',
    summary: 'Progress of a print file',
    audience: 'staff',
    permission: 'code.read',
    answer: cardPackSchema,
    refusals: ['card_pack_not_found'],
  })
  pack(@Param('id') id: string): Promise<CardPack> {
    return this.packs.find(id);
  }

  @Post('card-packs/:id/cancellation')
  @Operation({
    id: 'cancelCardPack',
    summary: 'Stop making a print file',
    audience: 'staff',
    permission: 'card.print',
    answer: cardPackSchema,
    refusals: ['card_pack_not_found'],
  })
  cancel(@Param('id') id: string): Promise<CardPack> {
    return this.packs.cancel(id);
  }

  @Get('card-packs/:id/file')
  @Operation({
    id: 'getCardPackFile',
    summary: 'The finished print file',
    audience: 'staff',
    permission: 'code.read',
    files: ['application/pdf'],
    refusals: ['card_pack_not_found', 'card_pack_not_ready'],
  })
  async file(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const { fileId, name, byteCount } = await this.packs.file(id);
    void reply.header('Content-Length', byteCount.toString());
    return new StreamableFile(this.files.stream(fileId), {
      type: 'application/pdf',
      disposition: `inline; filename="${name}"`,
    });
  }
}

function answerOf<Result>(reissued: Reissued<Result>, reply: FastifyReply): Result | Approval {
  if ('done' in reissued) return reissued.done;
  void reply.status(202);
  return reissued.waits;
}
