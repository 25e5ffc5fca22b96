/** What is kept for how long, each with its own setting; counted from the last change of the record. */
export const RETENTION_RULES = ['vendor_drafts', 'ceased_vendors', 'data_requests', 'submission_bodies'] as const;
export type RetentionRule = (typeof RETENTION_RULES)[number];

/** Days, where the settings name none: drafts half a year, persons and their requests five years, bodies ten. */
export const DEFAULT_RETENTION_DAYS: Readonly<Record<RetentionRule, number>> = {
  vendor_drafts: 180,
  ceased_vendors: 1_825,
  data_requests: 1_825,
  submission_bodies: 3_650,
};
