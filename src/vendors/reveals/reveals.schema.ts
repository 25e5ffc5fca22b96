import { z } from 'zod';
import { textField } from '../../kernel/text-field';

/** Shorter ones say nothing to whoever reads the trail. */
const LEAST_REASON = 10;

const reason = textField(500, 'Đối chiếu căn cước khi tiểu thương đến nhận thẻ', 'Stands in the audit trail').refine(
  (text) => text.length >= LEAST_REASON,
  { message: `at least ${LEAST_REASON} characters` },
);

export const revealSchema = z
  .strictObject({
    field: z.enum(['personal_id', 'phone', 'tax_code']).meta({ description: 'What to show', example: 'personal_id' }),
    reason,
  })
  .meta({ id: 'Reveal' });

export const accountRevealSchema = z.strictObject({ reason }).meta({ id: 'AccountReveal' });

export const revealedSchema = z
  .object({ value: z.string().meta({ description: 'In clear, this once', example: '000774736035' }) })
  .meta({ id: 'Revealed' });

export type Reveal = z.infer<typeof revealSchema>;
export type AccountReveal = z.infer<typeof accountRevealSchema>;
export type Revealed = z.infer<typeof revealedSchema>;
