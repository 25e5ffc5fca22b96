/** Shapes of the API as the console uses them. Amounts are strings of digits (whole đồng), days `YYYY-MM-DD`, instants ISO UTC. */

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  total: number;
}

export interface Session {
  user: { id: string; email: string; fullName: string; role: string };
  csrfToken: string;
  demo: boolean;
  province: { code: string; name: string } | null;
}

export const MARKET_STATES = [
  'proposed',
  'surveyed',
  'planned',
  'preparing',
  'eligible',
  'scheduled',
  'launched',
  'operating',
  'suspended',
  'withdrawn',
  'closed',
] as const;
export type MarketState = (typeof MARKET_STATES)[number];

export interface MarketRow {
  code: string;
  name: string;
  marketKind: MarketKind | null;
  class: number | null;
  suggestedClass: number;
  classDiffers: boolean;
  communeCode: string;
  communeName: string | null;
  operatorName: string | null;
  plannedPoints: number;
  operatingPoints: number;
  state: MarketState;
  stateSince: string;
  stallCount: number;
  qrCount: number;
}

export type PlaceKind = 'market' | 'shopping_centre' | 'supermarket';
export type MarketKind = 'civil' | 'wholesale_hub' | 'night' | 'periodic' | 'floating' | 'temporary' | 'spontaneous';
export type Build = 'solid' | 'semi_solid' | 'other';
export type OperatorKind = 'board' | 'cooperative' | 'company' | 'people_committee' | 'household';

export interface Market {
  code: string;
  name: string;
  aliases: string[];
  kind: PlaceKind;
  marketKind: MarketKind | null;
  build: Build;
  inPlan: boolean;
  plannedPoints: number;
  operatingPoints: number;
  areaM2: string | null;
  officialClass: number | null;
  classDecision: string | null;
  classDecisionOn: string | null;
  suggestedClass: number;
  classDiffers: boolean;
  operatorName: string | null;
  operatorKind: OperatorKind | null;
  operatorTaxCode: string | null;
  address: string | null;
  latitude: string | null;
  longitude: string | null;
  opens: string | null;
  closes: string | null;
  rulesDocument: string | null;
  communeCode: string;
  communeName: string | null;
  formerCommune: string | null;
  state: MarketState;
  stateSince: string;
  version: number;
  counts: { stalls: number; occupied: number; withVerifiedAccount: number; withQr: number };
}

export interface MarketInput {
  code: string;
  name: string;
  marketKind: MarketKind;
  build: Build;
  inPlan: boolean;
  communeCode: string;
  plannedPoints: number;
  operatingPoints: number;
  operatorName?: string;
  address?: string;
}

export interface AdministrativeUnit {
  code: string;
  name: string;
}

export type StallState = 'operating' | 'paused' | 'vacant' | 'closed';

export interface StallAccount {
  bankBin: string;
  bankName: string;
  accountMasked: string;
  holderName: string | null;
  verified: boolean;
  attention: string[];
}

export interface StallRow {
  code: string;
  number: string;
  zoneName: string | null;
  tradeLine: string | null;
  areaM2: string | null;
  fixed: boolean;
  soundbox: boolean;
  state: StallState;
  vendor: { id: string; fullName: string } | null;
  leaseFrom: string | null;
  account: StallAccount | null;
  qr: { serial: string; issueNo: number; issuedOn: string; state: 'active' | 'retired' } | null;
}

export interface Stall extends StallRow {
  marketCode: string;
  marketName: string;
  openedOn: string;
  closedOn: string | null;
  leases: Lease[];
  payoutAssignments: {
    id: string;
    accountId: string;
    bankBin: string;
    accountMasked: string;
    fromDay: string;
    toDay: string | null;
  }[];
}

export interface Zone {
  id: string;
  name: string;
}

export type VendorState = 'draft' | 'submitted' | 'approved' | 'returned' | 'rejected' | 'suspended' | 'ceased';
export type VendorKind = 'individual' | 'household_business' | 'enterprise';

export interface VendorRow {
  id: string;
  fullName: string;
  kind: VendorKind;
  phoneMasked: string | null;
  personalIdMasked: string | null;
  state: VendorState;
  stalls: { stallCode: string; number: string; marketCode: string; marketName: string }[];
}

export interface Lease {
  id: string;
  stallCode: string;
  stallNumber: string;
  marketCode: string;
  marketName: string;
  vendorId: string;
  vendorName: string;
  fromDay: string;
  fromDayKnown: boolean;
  toDay: string | null;
  note: string | null;
}

export interface PayoutAccount {
  id: string;
  bankName: string;
  accountMasked: string;
  holderName: string | null;
  kind: string;
  scheme: string;
  attention: string[];
  verified: boolean;
  verifiedHow: string | null;
  verifiedAt: string | null;
}

export interface Consent {
  id: string;
  purpose: 'register' | 'stall_figures' | 'public_listing';
  textVersion: string;
  givenHow: 'form' | 'thumbprint' | 'link';
  givenAt: string;
  withdrawnAt: string | null;
}

export type ConsentInput = Pick<Consent, 'purpose' | 'textVersion' | 'givenHow'>;

export type VerifiedHow = 'bank_reply' | 'test_transfer' | 'app_scan' | 'paper';

export interface Vendor {
  id: string;
  kind: VendorKind;
  fullName: string;
  phoneMasked: string | null;
  personalIdMasked: string | null;
  state: VendorState;
  taxCode: string | null;
  householdName: string | null;
  address: string | null;
  stateReason: string | null;
  version: number;
  leases: Lease[];
  accounts: PayoutAccount[];
  consents: Consent[];
}

export interface ImportReport {
  fileName: string | null;
  dryRun: boolean;
  rows: number;
  registered: number;
  ok: number;
  attention: number;
  error: number;
  problems: ImportProblem[];
  totals: Record<string, number>;
}

export interface ImportProblem {
  row: number;
  cell: string | null;
  severity: 'attention' | 'error';
  code: string;
  message: string;
  value: string | null;
}

export interface QrIssue {
  serial: string;
  issueNo: number;
  stallCode: string;
  stallNumber: string;
  vendorName: string;
  bankName: string;
  accountMasked: string;
  issuedOn: string;
  state: 'active' | 'retired';
  retiredReason: string | null;
}

export interface IssueResult {
  issued: number;
  skipped: { stallCode: string; stallNumber: string; code: string; message: string; messageEn: string }[];
}

export type PackLayout = 'a4_sheet' | 'a6_card';
export type PackState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface CardPack {
  id: string;
  marketCode: string;
  layout: PackLayout;
  state: PackState;
  phase: 'drawing' | 'checking';
  done: number;
  total: number;
  errorCode: string | null;
  errorDetail: string | null;
  requestedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  fileName: string | null;
  byteCount: string | null;
}

export interface LaunchTransition {
  fromState: MarketState;
  toState: MarketState;
  onDay: string;
  leadAgency: string;
  reason: string;
  decisionNumber: string | null;
  place: string | null;
  actor: string;
  recordedAt: string;
}

export interface Launch {
  state: MarketState;
  stateSince: string;
  allowedNext: MarketState[];
  history: LaunchTransition[];
}

export interface LaunchTransitionInput {
  toState: MarketState;
  onDay: string;
  leadAgency: string;
  reason: string;
  decisionNumber?: string;
  place?: string;
}

export interface BoardMarket {
  code: string;
  name: string;
  communeName: string | null;
  class: number | null;
  stateSince: string;
}

export interface LaunchBoard {
  columns: { state: MarketState; total: number; markets: BoardMarket[] }[];
}

export type SubmissionState = 'RECEIVED' | 'PROCESSING' | 'ACCEPTED' | 'REJECTED' | 'SUPERSEDED';

export interface SubmissionFigures {
  lineCount: string;
  transactionCount: string;
  amount: string;
  reversalCount: string;
  reversalAmount: string;
}

export type SubmissionBuckets = Record<'attributed' | 'marketOnly' | 'suspense', SubmissionFigures>;

export interface Submission {
  id: string;
  bankBin: string;
  bankName: string;
  reference: string;
  businessDate: string;
  part: number;
  revision: number;
  granularity: 'stall' | 'market';
  format: string;
  sha256: string;
  byteCount: string;
  bodyLineCount: number;
  receivedAt: string;
  state: SubmissionState;
  declared: SubmissionFigures | null;
  buckets: SubmissionBuckets | null;
  problemCount: number;
  acceptedAt: string | null;
  rejectedAt: string | null;
  supersededAt: string | null;
  supersededBy: string | null;
}

export interface SubmissionProblem {
  line: number | null;
  field: string | null;
  value: string | null;
  code: string;
  message: string;
  messageEn: string;
}

export type LineStatus = 'attributed' | 'market_only' | 'suspense';

export interface SubmissionLine {
  line: number;
  target: string | null;
  channel: Channel;
  status: LineStatus;
  reason: string;
  marketCode: string | null;
  stallCode: string | null;
  transactionCount: string;
  amount: string;
}

export interface SuspenseLine extends SubmissionLine {
  submissionId: string;
  reference: string;
  bankName: string;
  businessDate: string;
}

export type Channel = 'VIETQR_TRANSFER' | 'VIETQR_PAY' | 'CARD' | 'WALLET' | 'MOBILE_MONEY';

export type DayStatus = 'on_time' | 'late' | 'corrected' | 'missing' | 'pending' | 'not_expected';

export interface BankCalendar {
  from: string;
  to: string;
  banks: { bankBin: string; bankName: string; days: { day: string; status: DayStatus; parts: number }[] }[];
}

export interface Bank {
  bin: string;
  shortName: string;
  reporting: boolean;
}

export interface Figures {
  lineCount: string;
  transactionCount: string;
  amount: string;
  reversalCount: string;
  reversalAmount: string;
  attributedAmount: string;
  marketOnlyAmount: string;
  suspenseAmount: string;
}

export interface Coverage {
  expectedBanks: number;
  expectedReports: number;
  receivedReports: number;
  missing: { bankBin: string; bankName: string; days: string[] }[];
  suspenseAmount: string;
  suspenseShare: string;
  asOf: string;
}

export type TotalsBy = 'market' | 'commune' | 'bank' | 'channel' | 'day' | 'month';

export interface TotalsRow extends Figures {
  key: string | null;
  name: string | null;
  complete?: boolean;
}

export interface Totals {
  from: string;
  to: string;
  by: TotalsBy;
  coverage: Coverage;
  rows: TotalsRow[];
  total: Figures;
}

export type AttentionKind = 'suspense_lines' | 'missing_reports' | 'rejected_submissions' | 'accounts_to_verify';

export interface Overview {
  day: string;
  markets: { total: number; launched: number; byState: { state: string; count: number }[] };
  stalls: { operating: number; withVerifiedAccount: number; withQr: number; withCredit30Days: number };
  takings: Figures & { from: string; to: string; previousAmount: string; coverage: Coverage };
  attention: { kind: AttentionKind; count: number }[];
}
