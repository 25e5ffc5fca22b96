import { Controller, Get, Param, Query } from '@nestjs/common';
import { Operation } from '../platform/http/operation.decorator';
import { type Page, pageSchema } from '../platform/http/page';
import {
  type LineItem,
  lineItemSchema,
  type LinesQuery,
  linesQuerySchema,
  type PageQuery,
  type ProblemItem,
  problemItemSchema,
  problemsQuerySchema,
  type SubmissionAnswer,
  submissionSchema,
  type SubmissionsQuery,
  submissionsQuerySchema,
  type SuspenseItem,
  suspenseItemSchema,
  type SuspenseQuery,
  suspenseQuerySchema,
} from './submissions.schema';
import { SubmissionsService } from './submissions.service';

@Controller('api/v1')
export class SubmissionsConsoleController {
  constructor(private readonly submissions: SubmissionsService) {}

  @Get('submissions')
  @Operation({
    id: 'listSubmissions',
    summary: 'Submissions of all institutions, newest first',
    audience: 'staff',
    permission: 'submission.read',
    answer: pageSchema(submissionSchema),
    refusals: ['cursor_invalid'],
  })
  list(@Query({ schema: submissionsQuerySchema }) query: SubmissionsQuery): Promise<Page<SubmissionAnswer>> {
    return this.submissions.list(query);
  }

  @Get('submissions/:id')
  @Operation({
    id: 'getSubmission',
    summary: 'A submission: state, control totals and where they stand',
    audience: 'staff',
    permission: 'submission.read',
    answer: submissionSchema,
    refusals: ['submission_not_found'],
  })
  submission(@Param('id') id: string): Promise<SubmissionAnswer> {
    return this.submissions.submission(id, null);
  }

  @Get('submissions/:id/problems')
  @Operation({
    id: 'listSubmissionProblems',
    summary: 'Why a submission was rejected',
    audience: 'staff',
    permission: 'submission.read',
    answer: pageSchema(problemItemSchema),
    refusals: ['submission_not_found', 'cursor_invalid'],
  })
  problems(
    @Param('id') id: string,
    @Query({ schema: problemsQuerySchema }) query: PageQuery,
  ): Promise<Page<ProblemItem>> {
    return this.submissions.problems(id, null, query);
  }

  @Get('submissions/:id/lines')
  @Operation({
    id: 'listSubmissionLines',
    summary: 'Where the lines of a submission stand',
    audience: 'staff',
    permission: 'submission.read',
    answer: pageSchema(lineItemSchema),
    refusals: ['submission_not_found', 'cursor_invalid'],
  })
  lines(@Param('id') id: string, @Query({ schema: linesQuerySchema }) query: LinesQuery): Promise<Page<LineItem>> {
    return this.submissions.lines(id, null, query);
  }

  @Get('suspense')
  @Operation({
    id: 'listSuspense',
    summary: 'Lines that wait for the register to learn their stall, account or market',
    audience: 'staff',
    permission: 'submission.read',
    answer: pageSchema(suspenseItemSchema),
    refusals: ['cursor_invalid'],
  })
  suspense(@Query({ schema: suspenseQuerySchema }) query: SuspenseQuery): Promise<Page<SuspenseItem>> {
    return this.submissions.suspense(query);
  }
}
