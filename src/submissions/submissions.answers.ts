import type { z } from 'zod';
import type { CheckResult } from './submission.check';
import type { SubmissionProblem } from './submission.types';
import type { dryRunSchema, ProblemItem, Receipt } from './submissions.schema';
import type { ReceivedSubmission } from './submissions.repository';

/** The receipt of a submission that is held; to a bank that tests, its own BIN is the only one there is. */
export function receiptOf(submission: ReceivedSubmission): Receipt {
  const { keyId: _keyId, headerBin, sha256, byteCount, receivedAt, ...rest } = submission;
  return {
    ...rest,
    bankBin: headerBin,
    sha256: sha256.toString('hex'),
    byteCount: byteCount.toString(),
    receivedAt: receivedAt.toISOString(),
  };
}

export function dryRunOf({ verdict, totals, problemCount, problems }: CheckResult): z.infer<typeof dryRunSchema> {
  return {
    verdict,
    totals: {
      lineCount: totals.lineCount.toString(),
      transactionCount: totals.transactionCount.toString(),
      amount: totals.amount.toString(),
      reversalCount: totals.reversalCount.toString(),
      reversalAmount: totals.reversalAmount.toString(),
    },
    problemCount,
    problems: problems.map(problemItemOf),
  };
}

function problemItemOf({ message, ...place }: SubmissionProblem): ProblemItem {
  return { ...place, message: message.vi, messageEn: message.en };
}
