import { Writable } from 'node:stream';
import { QueryFailedError } from 'typeorm';
import { errorFacts, errorText, withoutPersonalData } from './error-facts';
import { JsonLogger } from './json-logger';

function written(work: (log: JsonLogger) => void, level = 'info'): Record<string, unknown>[] {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(...chunk.toString().split('\n').filter(Boolean));
      done();
    },
  });
  work(new JsonLogger(level, stream));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('writes one JSON object a line, with Nest’s context', () => {
  const [line, ...rest] = written((log) => log.log('Server listening\nagain', 'Http'));
  expect(rest).toEqual([]);
  expect(line).toMatchObject({ level: 30, context: 'Http', msg: 'Server listening\nagain' });
});

it('writes what a job did as fields', () => {
  const [line] = written((log) => log.warn({ job: 'sweep', outcome: 'retry' }, 'JobWorker'));
  expect(line).toMatchObject({ level: 40, context: 'JobWorker', job: 'sweep', outcome: 'retry' });
});

it('tells of wiring only to who debugs it', () => {
  const chat = (log: JsonLogger): void => log.log('Mapped {/x, GET} route', 'RouterExplorer');
  expect(written(chat)).toEqual([]);
  expect(written(chat, 'debug')).toHaveLength(1);
});

it.each(['ExceptionHandler', 'NestApplication'])('leaves a start that cannot proceed to who explains it (%s)', (by) => {
  expect(written((log) => log.error(new Error('listen EADDRINUSE'), 'stack', by))).toEqual([]);
});

it('keeps secrets out, at the top and inside', () => {
  const secret = 'bảy con mèo';
  const lines = written((log) => {
    log.log({ password: secret, secret, token: secret, cookie: secret, personalId: secret, phone: secret });
    log.log({ input: { password: secret, accountNumber: secret, csrfToken: secret } });
    log.pino.info({ req: { headers: { cookie: secret, authorization: secret, signature: secret } } }, 'request');
  });
  expect(lines).toHaveLength(3);
  expect(JSON.stringify(lines)).not.toContain(secret);
});

describe('an error', () => {
  const pg = Object.assign(new Error('duplicate key value'), {
    code: '23505',
    constraint: 'vendors_personal_id',
    table: 'vendors',
    detail: 'Key (personal_id)=(001012345789) already exists.',
  });
  const failed = new QueryFailedError('INSERT INTO vendors …', ['001012345789', '0900003986'], pg);

  it('of the database is told without its row and its parameters', () => {
    const [line] = written((log) => log.pino.error({ err: failed }, 'unexpected error'));
    expect(JSON.stringify(line)).not.toMatch(/001012345789|0900003986/);
    expect(line).toMatchObject({ err: { type: 'QueryFailedError', code: '23505', constraint: 'vendors_personal_id' } });
  });

  it.each<[string, Error]>([
    [
      'a value that is no number',
      Object.assign(new Error('invalid input syntax for type integer: "VNPAY0912345"'), { code: '22P02' }),
    ],
    ['JSON that is none', new SyntaxError('Unexpected token, "VNPAY0912345" is not valid JSON')],
    ['an ID in the sentence', new Error('no vendor 001012345789')],
    ['a phone in a cause', new Error('failed', { cause: new Error('0900003986 is taken') })],
  ])('says nothing of %s, nor does its stack', (_name, error) => {
    const lines = written((log) => {
      log.pino.error({ err: error }, 'unexpected error');
      log.error(error, error.stack, 'Context');
      log.warn(errorText(error), 'Context');
    });
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toMatch(/VNPAY0912345|001012345789|0900003986/);
    const kept = withoutPersonalData(error);
    expect(`${kept.name} ${kept.message} ${kept.stack}`).not.toMatch(/VNPAY0912345|001012345789/);
    expect([kept.name, kept.stack?.includes('json-logger.spec')]).toEqual([error.name, true]);
  });

  it('keeps our own ids', () => {
    const sentence = 'the stored body of 019a2f6e-7c1b-7e0a-9a55-123456789012 is not what was received';
    expect(errorFacts(new Error(sentence)).message).toBe(sentence);
  });

  it('brings its causes along, however they are tied', () => {
    const knot = new Error('outer', { cause: new Error('inner') });
    (knot.cause as Error).cause = knot;
    expect(errorFacts(knot)).toMatchObject({
      message: 'outer',
      cause: { message: 'inner', cause: { message: 'outer' } },
    });
    expect(errorFacts('text')).toEqual({ type: 'string', message: 'text' });
  });

  it('given to Nest’s logger keeps its message', () => {
    const [line] = written((log) => log.error(new Error('broken'), 'stack', 'Context'));
    expect(line).toMatchObject({ level: 50, msg: 'broken', context: 'Context', err: { message: 'broken' } });
  });
});
