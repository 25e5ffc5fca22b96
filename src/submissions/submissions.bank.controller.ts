import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CallingBank } from '../banks/bank-signature.guard';
import type { SignedBank } from '../banks/bank-signature.types';
import { sendAnswer } from '../banks/idempotency.answer';
import { Operation } from '../platform/http/operation.decorator';
import { type Page, pageSchema } from '../platform/http/page';
import { type IncomingSubmission, ReceivingService } from './receiving.service';
import {
  type BankStall,
  bankStallSchema,
  type LineItem,
  lineItemSchema,
  type LinesQuery,
  linesQuerySchema,
  type PageQuery,
  postQuerySchema,
  type ProblemItem,
  problemItemSchema,
  problemsQuerySchema,
  receiptSchema,
  stallsQuerySchema,
  type SubmissionAnswer,
  submissionSchema,
} from './submissions.schema';
import { submissionBodySchema } from './submission.schema';
import { SubmissionsService } from './submissions.service';

const CSV_EXAMPLE = `H,1,970436,VCB-20261010-0001,2026-10-10,1,1,stall
L,CHO7K2M9QX1,,VIETQR_TRANSFER,12,1850000,0,0
L,,0011004411223,CARD,1,45000,0,0
T,2,13,1895000,0,0
`;

/** Everything an institution does with its own submissions; signed, see docs/bank-guide.md. */
@Controller('api/v1/bank')
export class SubmissionsBankController {
  constructor(
    private readonly receiving: ReceivingService,
    private readonly submissions: SubmissionsService,
  ) {}

  @Post('submissions')
  @Operation({
    id: 'postSubmission',
    summary: 'Report a business day',
    description:
      'The body is one submission as JSON or CSV. 202 with a receipt once it is durable; 200 with the first receipt ' +
      'when the same file was sent before; with dryRun=true 200 and the verdict, and nothing is kept.',
    audience: 'bank',
    status: 202,
    answer: receiptSchema,
    streams: {
      'application/json': { schema: submissionBodySchema, example: submissionBodySchema.meta()?.example },
      'text/csv': { example: CSV_EXAMPLE },
    },
    refusals: [
      'content_type_not_supported',
      'header_invalid',
      'reference_conflict',
      'stale_revision',
      'content_digest_mismatch',
      'idempotency_key_reused',
      'request_in_progress',
      'body_interrupted',
    ],
  })
  async post(
    @Query({ schema: postQuerySchema }) { dryRun }: z.infer<typeof postQuerySchema>,
    @CallingBank() bank: SignedBank,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const incoming = incomingOf(bank, request);
    if (dryRun === 'true') return void sendAnswer(reply, await this.receiving.dryRun(incoming), false);
    const { answer, replayed } = await this.receiving.receive(incoming);
    void sendAnswer(reply, answer, replayed);
  }

  @Get('submissions/:id')
  @Operation({
    id: 'getOwnSubmission',
    summary: 'State and figures of a submission of yours',
    audience: 'bank',
    answer: submissionSchema,
    refusals: ['submission_not_found'],
  })
  submission(@Param('id') id: string, @CallingBank() { bin }: SignedBank): Promise<SubmissionAnswer> {
    return this.submissions.submission(id, bin);
  }

  @Get('submissions/:id/problems')
  @Operation({
    id: 'listOwnProblems',
    summary: 'What is wrong with a REJECTED submission: the first 1 000 problems',
    audience: 'bank',
    answer: pageSchema(problemItemSchema),
    refusals: ['submission_not_found', 'cursor_invalid'],
  })
  problems(
    @Param('id') id: string,
    @Query({ schema: problemsQuerySchema }) query: PageQuery,
    @CallingBank() { bin }: SignedBank,
  ): Promise<Page<ProblemItem>> {
    return this.submissions.problems(id, bin, query);
  }

  @Get('submissions/:id/lines')
  @Operation({
    id: 'listOwnLines',
    summary: 'Where the lines of a submission stand',
    audience: 'bank',
    answer: pageSchema(lineItemSchema),
    refusals: ['submission_not_found', 'cursor_invalid'],
  })
  lines(
    @Param('id') id: string,
    @Query({ schema: linesQuerySchema }) query: LinesQuery,
    @CallingBank() { bin }: SignedBank,
  ): Promise<Page<LineItem>> {
    return this.submissions.lines(id, bin, query);
  }

  @Get('stalls')
  @Operation({
    id: 'listOwnStalls',
    summary: 'The stalls that are paid into accounts at your bank, to check your own list against',
    audience: 'bank',
    answer: pageSchema(bankStallSchema),
    refusals: ['cursor_invalid'],
  })
  stalls(
    @Query({ schema: stallsQuerySchema }) query: PageQuery,
    @CallingBank() { bin }: SignedBank,
  ): Promise<Page<BankStall>> {
    return this.submissions.bankStalls(bin, query);
  }
}

function incomingOf(bank: SignedBank, request: FastifyRequest): IncomingSubmission {
  if (!bank.contentSha256 || !bank.idempotencyKey)
    throw new Error('the guard lets no POST pass without digest and key');
  const { bin, headerBin, keyId, contentSha256, idempotencyKey } = bank;
  return {
    bank: { bin, headerBin, keyId, contentSha256, idempotencyKey },
    contentType: request.headers['content-type'],
    target: request.url,
    body: request.body as AsyncIterable<Buffer>,
  };
}
