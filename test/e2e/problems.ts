import { type Answer } from './answers';

/** What must never reach a caller: stacks, SQL, paths and names of libraries. */
export const INNER_LIFE =
  /\bat \S+ \(|node_modules|\.(?:ts|js):\d|\b(?:SELECT|INSERT|UPDATE|DELETE)\b.*\b(?:FROM|INTO|SET)\b|FST_|HPE_|fastify|nestjs|typeorm|\bzod\b|postgres|SyntaxError|TypeError/i;

/** An answer as tests of refusals look at it: what is the same for every one of them is checked here. */
export function problemOf(answer: Answer): { status: number; code: string } {
  const { status, headers } = answer;
  const body = answer.body as unknown as { code: string; instance: string };
  const text = answer.bytes.toString();
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-language')).toBe('vi');
  expect(body).toMatchObject({
    type: `urn:cho40:problem:${body.code}`,
    status,
    traceId: headers.get('x-request-id'),
    code: expect.stringMatching(/^[a-z0-9_]+$/),
    title: expect.any(String),
    detail: expect.any(String),
    instance: expect.stringMatching(/^\//),
  });
  expect(text.replace(body.instance, '')).not.toMatch(INNER_LIFE);
  return { status, code: body.code };
}

/** The problem, and which fields it names as `pointer code`. */
export function fieldsOf(answer: Answer): string[] {
  const errors = (answer.body.errors ?? []) as unknown as { pointer: string; code: string }[];
  return errors.map(({ pointer, code }) => `${pointer} ${code}`);
}
