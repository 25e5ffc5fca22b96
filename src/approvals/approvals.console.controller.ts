import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Operation } from '../platform/http/operation.decorator';
import { type Page, pageSchema } from '../platform/http/page';
import { ApprovalDecisions } from './approval-decisions.service';
import { ApprovalLists } from './approval-lists.service';
import {
  type Approval,
  type ApprovalInput,
  approvalInputSchema,
  approvalSchema,
  type ApprovalsQuery,
  approvalsQuerySchema,
  type OwnApprovalsQuery,
  ownApprovalsQuerySchema,
  type RefusalInput,
  refusalInputSchema,
} from './approvals.schema';

const idParamSchema = z.strictObject({ id: approvalSchema.shape.id });
type IdParam = z.infer<typeof idParamSchema>;

const DECISION_REFUSALS = ['approval_not_found', 'approval_closed', 'approval_expired', 'same_person'];

/** The inbox of the second person. */
@Controller('api/v1/approvals')
export class ApprovalsConsoleController {
  constructor(
    private readonly lists: ApprovalLists,
    private readonly decisions: ApprovalDecisions,
  ) {}

  @Get()
  @Operation({
    id: 'listApprovals',
    summary: 'What waits, or waited, for a second person; newest first',
    audience: 'staff',
    permission: 'approval.read',
    answer: pageSchema(approvalSchema),
    refusals: ['cursor_invalid'],
  })
  list(@Query({ schema: approvalsQuerySchema }) query: ApprovalsQuery): Promise<Page<Approval>> {
    return this.lists.list(query);
  }

  @Get('mine')
  @Operation({
    id: 'listOwnApprovals',
    summary: 'What the signed-in person asked for; newest first',
    audience: 'staff',
    permission: 'self',
    answer: pageSchema(approvalSchema),
    refusals: ['cursor_invalid'],
  })
  own(@Query({ schema: ownApprovalsQuerySchema }) query: OwnApprovalsQuery): Promise<Page<Approval>> {
    return this.lists.own(query);
  }

  @Get(':id')
  @Operation({
    id: 'getApproval',
    summary: 'A request: one’s own, or of a kind that the role is told of',
    audience: 'staff',
    permission: 'self',
    answer: approvalSchema,
    refusals: ['approval_not_found'],
  })
  read(@Param({ schema: idParamSchema }) { id }: IdParam): Promise<Approval> {
    return this.lists.read(id);
  }

  @Post(':id/approval')
  @Operation({
    id: 'approve',
    summary: 'Approve: the change is checked again and made at once',
    audience: 'staff',
    permission: 'approval.decide',
    stepUp: true,
    answer: approvalSchema,
    refusals: [...DECISION_REFUSALS, 'approval_outdated', 'approval_kind_unknown'],
  })
  approve(
    @Param({ schema: idParamSchema }) { id }: IdParam,
    @Body({ schema: approvalInputSchema }) { reason }: ApprovalInput,
  ): Promise<Approval> {
    return this.decisions.approve(id, reason);
  }

  @Post(':id/refusal')
  @Operation({
    id: 'refuse',
    summary: 'Refuse: nothing changes, and the requester reads why',
    audience: 'staff',
    permission: 'approval.decide',
    answer: approvalSchema,
    refusals: [...DECISION_REFUSALS, 'approval_kind_unknown'],
  })
  refuse(
    @Param({ schema: idParamSchema }) { id }: IdParam,
    @Body({ schema: refusalInputSchema }) { reason }: RefusalInput,
  ): Promise<Approval> {
    return this.decisions.refuse(id, reason);
  }

  @Post(':id/withdrawal')
  @Operation({
    id: 'withdrawApproval',
    summary: 'Take one’s own request back',
    audience: 'staff',
    permission: 'self',
    answer: approvalSchema,
    refusals: ['approval_not_found', 'not_the_requester', 'approval_closed'],
  })
  withdraw(@Param({ schema: idParamSchema }) { id }: IdParam): Promise<Approval> {
    return this.decisions.withdraw(id);
  }
}
