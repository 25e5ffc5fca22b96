import type {
  AccountVerification,
  Approval,
  BankCalendar,
  CardPack,
  ImportReport,
  LaunchBoard,
  Market,
  Overview,
  StallRow,
  Submission,
  SubmissionLineItem,
  Totals,
  VendorRow,
} from './generated/types.gen';

/** The shapes of docs/openapi.json, and names for their parts. Amounts are strings of digits, whole đồng. */
export type {
  AdministrativeUnit,
  Approval,
  AuditEntry,
  AuditEntryRow,
  AuditVerification,
  Bank,
  BankCalendar,
  CardPack,
  Consent,
  ConsentInput,
  Coverage,
  ImportReport,
  Launch,
  LaunchBoard,
  LaunchTransition,
  LaunchTransitionInput,
  Lease,
  Market,
  MarketChange,
  MarketInput,
  MarketRow,
  Overview,
  PayoutAccount,
  PayoutAssignmentInput as AssignAccountInput,
  QrIssue,
  QrIssueResult,
  QrMassReissueResult,
  Reveal,
  Session,
  Stall,
  StallAccount,
  StallChange,
  StallInput,
  StallRow,
  Submission,
  SubmissionFigures,
  SubmissionLineItem,
  SubmissionProblem,
  SuspenseItem,
  Totals,
  Vendor,
  VendorChange,
  VendorNotice,
  VendorRow,
  Zone,
} from './generated/types.gen';

export type ApprovalState = Approval['state'];
export type MarketState = Market['state'];
export type MarketKind = NonNullable<Market['marketKind']>;
export type Build = Market['build'];
export type StallState = StallRow['state'];
export type VendorState = VendorRow['state'];
export type VerifiedHow = AccountVerification['how'];
export type PackLayout = CardPack['layout'];
export type BoardMarket = LaunchBoard['columns'][number]['markets'][number];
export type SubmissionState = Submission['state'];
export type SubmissionBuckets = NonNullable<Submission['buckets']>;
export type Channel = SubmissionLineItem['channel'];
export type DayStatus = BankCalendar['banks'][number]['days'][number]['status'];
export type TotalsBy = Totals['by'];
export type TotalsRow = Totals['rows'][number];
export type ImportProblem = ImportReport['problems'][number];
export type AttentionKind = Overview['attention'][number]['kind'];

/** One page of a keyset-paged list (platform/http/page.ts). */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  total: number;
}
