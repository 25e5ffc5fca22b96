import { z } from 'zod';
import { cleanText } from './text';

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A text that a person types: cleaned by {@link cleanText}, then 1 to `max` characters. Whatever it says is kept:
 * markup, formulas and emoji are data.
 */
export function textField(max: number, example: string, description?: string) {
  return z
    .string()
    .refine((text) => !LONE_SURROGATE.test(text), { message: 'not Unicode text', abort: true })
    .transform(cleanText)
    .pipe(z.string().min(1).max(max))
    .meta({ example, ...(description && { description }) });
}
