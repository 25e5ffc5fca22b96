import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { SMTPServer } from 'smtp-server';
import { Clock, ManualClock } from '../../src/kernel/clock';
import { Ids, RandomIds } from '../../src/kernel/ids';
import { Env } from '../../src/platform/config/env';
import { Database, sql } from '../../src/platform/db/database';
import { MailModule } from '../../src/platform/mail/mail.module';
import { MailOutbox } from '../../src/platform/mail/mail-outbox';
import { MailSender } from '../../src/platform/mail/mail-sender';
import type { Letter } from '../../src/platform/mail/mailer';
import { QueueModule } from '../../src/platform/queue/queue.module';
import { Sealing } from '../../src/platform/secrets/sealing';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { Calls, LogLines } from '../queue/queue-process';

const MINUTE = 60_000;
const NOW = new Date('2026-11-22T02:00:00.000Z');
const SECRET = 'pZ0m7f2yq0n3l5T1v8a4Jw6c9e2R4k7uXbDgHsKtMzE';
const LETTER: Letter = {
  to: { name: 'Nguyễn Thị Lan', address: 'lan@example.vn' },
  subject: 'Mời sử dụng hệ thống Chợ 4.0 – kích hoạt tài khoản của bạn trong ba ngày tới',
  text: `Kính gửi Nguyễn Thị Lan,\n\nhttps://cho.example.vn/activate#${SECRET}\n`,
};
const inAnHour = new Date(NOW.getTime() + 60 * MINUTE);

interface Received {
  readonly to: string[];
  readonly raw: string;
}

let received: Calls<Received>;
/** What the server says to the next letters instead of taking them. */
let refusal: { stage: 'rcpt' | 'data'; code: number } | null;
let server: SMTPServer;
let testDatabase: TestDatabase;
let app: TestingModule;
let clock: ManualClock;
let outbox: MailOutbox;
let sender: MailSender;

beforeAll(async () => {
  server = startServer();
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  testDatabase = await createTestDatabase();
  clock = new ManualClock(NOW);
  app = await startMail((server.server.address() as AddressInfo).port);
  outbox = app.get(MailOutbox);
  sender = app.get(MailSender);
});
beforeEach(() => {
  received = new Calls();
  refusal = null;
  clock.set(NOW);
});
afterEach(() => testDatabase.database.write((tx) => sql(tx, `DELETE FROM mail_outbox`)));
afterAll(async () => {
  await app.close();
  await new Promise<void>((resolve) => server.close(resolve));
  await testDatabase.drop();
});

function startServer(): SMTPServer {
  const refuse = (code: number): Error => Object.assign(new Error(`no: ${SECRET}`), { responseCode: code });
  return new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) => done(refusal?.stage === 'rcpt' ? refuse(refusal.code) : null),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusal) return done(refuse(refusal.code));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.note({ to, raw: Buffer.concat(chunks).toString('latin1') });
        done();
      });
    },
  });
}

async function startMail(port: number): Promise<TestingModule> {
  const env = Env.read({
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'Chợ 4.0 <khong.tra.loi@example.vn>',
  });
  @Global()
  @Module({
    providers: [
      { provide: Env, useValue: env },
      { provide: Clock, useValue: clock },
      { provide: Ids, useClass: RandomIds },
      { provide: Database, useValue: testDatabase.database },
      { provide: Sealing, useValue: new Sealing(Buffer.alloc(32, 7)) },
    ],
    exports: [Env, Clock, Ids, Database, Sealing],
  })
  class Ground {}
  const queue = { databaseUrl: testDatabase.appUrl, workers: false, concurrency: 1 };
  const imports = [Ground, QueueModule.forRootAsync({ useFactory: () => queue }), MailModule];
  const built = await Test.createTestingModule({ imports }).setLogger(new LogLines()).compile();
  return built.init();
}

async function put(letter: Letter = LETTER, about = 'staff:1'): Promise<string> {
  const id = await testDatabase.database.write((tx) => outbox.put(tx, about, letter, inAnHour));
  return id as string;
}

interface Row {
  id: string;
  state: string;
  attempts: number;
  fault: string | null;
  hasContent: boolean;
  text: string;
}
function rows(): Promise<Row[]> {
  return testDatabase.database.read((tx) =>
    sql<Row>(
      tx,
      `SELECT id, state, attempts, fault, sealed IS NOT NULL AS "hasContent", m::text || coalesce(encode(sealed, 'escape'), '') AS text
       FROM mail_outbox m ORDER BY id`,
    ),
  );
}

/** Headers unfolded and decoded; the body decoded by its transfer encoding. */
function read(raw: string): { headers: Map<string, string>; body: string } {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), words(line)]));
  const encoded = rest.join('\r\n\r\n');
  const isBase64 = headers.get('content-transfer-encoding') === 'base64';
  const bytes = isBase64 ? Buffer.from(encoded, 'base64') : quotedPrintable(encoded);
  return { headers, body: bytes.toString('utf8').replace(/\r\n/g, '\n') };
}

/** RFC 2047, as a reader of letters shows it. */
function words(line: string): string {
  const value = line
    .slice(line.indexOf(':') + 1)
    .trim()
    .replace(/\?=\s+=\?/g, '?==?');
  return value.replace(/((?:=\?UTF-8\?[BQ]\?[^?]*\?=)+)/gi, (run) =>
    Buffer.concat(
      [...run.matchAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi)].map(([, kind = '', text = '']) =>
        kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : quotedPrintable(text.replace(/_/g, ' ')),
      ),
    ).toString('utf8'),
  );
}

function quotedPrintable(text: string): Buffer {
  const joined = text.replace(/=\r\n/g, '');
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
}

it('leaves in Vietnamese, whole, and to one receiver', async () => {
  const id = await put();
  expect(await sender.send(id)).toEqual({ mail: 'sent', attempts: 1 });
  const [letter] = received.seen;
  const { headers, body } = read(letter?.raw ?? '');
  expect(letter?.to).toEqual(['lan@example.vn']);
  expect(headers.get('from')).toBe('Chợ 4.0 <khong.tra.loi@example.vn>');
  expect(headers.get('to')).toBe('Nguyễn Thị Lan <lan@example.vn>');
  expect(headers.get('subject')).toBe(LETTER.subject);
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(headers.get('message-id')).toBe(`<${id}@example.vn>`);
  expect(body.trimEnd()).toBe(LETTER.text.trimEnd());
});

it.each([
  ['a name with a header', { name: 'Lan\r\nBcc: ke.trom@example.com', address: 'lan@example.vn' }, 'Thư'],
  ['a name with quotes and brackets', { name: 'Lan" <ke.trom@example.com>, "x', address: 'lan@example.vn' }, 'Thư'],
  ['a subject with a header', { name: 'Lan', address: 'lan@example.vn' }, 'Thư\r\nBcc: ke.trom@example.com\r\n\r\nx'],
])('%s makes no receiver and no header', async (_name, to, subject) => {
  expect(await sender.send(await put({ to, subject, text: 'Nội dung' }))).toMatchObject({ mail: 'sent' });
  const [letter] = received.seen;
  const { headers, body } = read(letter?.raw ?? '');
  expect(letter?.to).toEqual(['lan@example.vn']);
  expect(headers.has('bcc')).toBe(false);
  expect(body.trim()).toBe('Nội dung');
});

it('holds nothing in clear while it waits, and nothing at all afterwards', async () => {
  const id = await put();
  const [waiting] = await rows();
  expect(waiting).toMatchObject({ state: 'waiting', hasContent: true });
  for (const word of [SECRET, 'lan@example.vn', 'activate']) {
    expect(waiting?.text).not.toContain(word);
    expect(waiting?.text).not.toContain(Buffer.from(word).toString('hex'));
  }
  await sender.send(id);
  expect(await rows()).toEqual([expect.objectContaining({ state: 'sent', hasContent: false, fault: null })]);
});

it('leaves once when two run at once, and never again after it', async () => {
  const id = await put();
  const notes = await Promise.all([sender.send(id), sender.send(id), sender.send(id)]);
  expect(notes.map(({ mail }) => mail).sort()).toEqual(['not_due', 'not_due', 'sent']);
  expect(await sender.send(id)).toEqual({ mail: 'not_due' });
  expect(received.seen).toHaveLength(1);
});

it.each([
  ['for now', { stage: 'data', code: 451 } as const, 'waiting', 'smtp_451'],
  ['for good', { stage: 'rcpt', code: 550 } as const, 'failed', 'smtp_550'],
])('a server that refuses %s', async (_name, answer, state, fault) => {
  refusal = answer;
  const id = await put();
  expect(await sender.send(id)).toEqual({ mail: state, fault, attempts: 1 });
  const [row] = await rows();
  expect(row).toMatchObject({ state, fault, hasContent: state === 'waiting' });
  expect(row?.text).not.toContain(SECRET);
});

it('tries again after a pause that grows, with the same message id', async () => {
  refusal = { stage: 'data', code: 451 };
  const id = await put();
  await sender.send(id);
  expect(await sender.send(id)).toEqual({ mail: 'not_due' });
  clock.advanceMs(MINUTE);
  expect(await sender.send(id)).toMatchObject({ attempts: 2 });
  clock.advanceMs(MINUTE);
  expect(await sender.send(id)).toEqual({ mail: 'not_due' });
  refusal = null;
  clock.advanceMs(MINUTE);
  expect(await sender.send(id)).toEqual({ mail: 'sent', attempts: 3 });
  expect(read(received.seen[0]?.raw ?? '').headers.get('message-id')).toContain(id);
});

it('the sweep finds what nobody rang for, and gives up what is of no more use', async () => {
  await put();
  expect(await sender.sweep()).toBe(1);
  clock.advanceMs(60 * MINUTE);
  expect(await sender.sweep()).toBe(0);
  expect(await rows()).toEqual([expect.objectContaining({ state: 'failed', fault: 'expired', hasContent: false })]);
  clock.advanceMs(31 * 24 * 60 * MINUTE);
  await sender.sweep();
  expect(await rows()).toEqual([]);
});

it('a newer letter about the same record withdraws the one that still waits', async () => {
  const first = await put();
  const other = await put(LETTER, 'staff:2');
  const second = await put();
  expect((await rows()).map(({ id, state, hasContent }) => [id, state, hasContent])).toEqual([
    [first, 'withdrawn', false],
    [other, 'waiting', true],
    [second, 'waiting', true],
  ]);
  expect(await sender.send(first)).toEqual({ mail: 'not_due' });
  const latest = await testDatabase.database.read((tx) => outbox.latest(tx, 'staff:1'));
  expect(latest).toMatchObject({ state: 'waiting', fault: null });
});

it('a server that is not there keeps the letter waiting', async () => {
  const gone = await startMail(9);
  try {
    const id = await put();
    expect(await gone.get(MailSender).send(id)).toMatchObject({ mail: 'waiting', fault: expect.stringMatching(/^e/) });
    expect(await rows()).toEqual([expect.objectContaining({ state: 'waiting', hasContent: true })]);
  } finally {
    await gone.close();
  }
});
