import { z } from 'zod';
import { businessDaySchema } from '../kernel/business-day';
import { RETENTION_RULES } from './retention.rules';

const ruleSchema = z.enum(RETENTION_RULES).meta({ example: 'vendor_drafts' });
const daysSchema = z.int().min(30).max(36_500).meta({ description: 'Days since the last change', example: 180 });

export const retentionRuleSchema = z
  .object({
    rule: ruleSchema,
    days: daysSchema,
    olderThan: businessDaySchema.meta({ description: 'Vietnamese day; what changed before it is due' }),
    due: z.int().meta({ description: 'How many records a purge would take today', example: 12 }),
  })
  .meta({ id: 'RetentionRule' });
export type RetentionRuleAnswer = z.infer<typeof retentionRuleSchema>;

export const retentionSchema = z.object({ rules: z.array(retentionRuleSchema) }).meta({ id: 'Retention' });
export type Retention = z.infer<typeof retentionSchema>;

export const retentionParamSchema = z.strictObject({ rule: ruleSchema });
export type RetentionParam = z.infer<typeof retentionParamSchema>;

export const retentionDaysSchema = z.strictObject({ days: daysSchema }).meta({ id: 'RetentionDays' });
export type RetentionDays = z.infer<typeof retentionDaysSchema>;

export const purgeInputSchema = z
  .strictObject({
    due: z.int().min(1).meta({ description: 'How many were due when the person looked (the dry run)', example: 12 }),
  })
  .meta({ id: 'PurgeInput' });
export type PurgeInput = z.infer<typeof purgeInputSchema>;

export const purgedSchema = z.object({ purged: z.int().meta({ example: 12 }) }).meta({ id: 'Purged' });
export type Purged = z.infer<typeof purgedSchema>;
