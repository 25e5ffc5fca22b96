import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { MailSender } from '../../src/platform/mail/mail-sender';
import { sql } from '../../src/platform/db/database';
import { saveMarket } from '../factories/market.factory';
import { answerOf } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';

interface Received {
  readonly to: string;
  readonly text: string;
}

const letters: Received[] = [];
let server: SMTPServer;
let testApp: TestApp;
let admin: ConsoleClient;
let leader: ConsoleClient;

beforeAll(async () => {
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        letters.push({
          to: envelope.rcptTo.map(({ address }) => address).join(),
          text: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const environment = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Chợ 4.0 <cho@example.vn>' };
  testApp = await startTestApp({ workers: false, environment });
  await testApp.database.write((tx) => saveMarket(tx, { code: 'LET01' }));
  admin = await signInAs(testApp, { role: 'system_admin' });
  leader = await signInAs(testApp, { role: 'department_leader' });
});
beforeEach(() => letters.splice(0));
afterAll(async () => {
  await testApp.stop();
  await new Promise<void>((resolve) => server.close(resolve));
});

/** What the worker does with everything that waits. */
async function sendWaiting(): Promise<void> {
  const rows = await testApp.database.read((tx) =>
    sql<{ id: string }>(tx, `SELECT id FROM mail_outbox WHERE state = 'waiting' ORDER BY id`),
  );
  for (const { id } of rows) await testApp.app.get(MailSender, { strict: false }).send(id);
}

/** The link in a letter: it is ASCII and stands on a line of its own, whatever the encoding of the rest. */
function tokenIn({ text }: Received): string {
  const body = text.slice(text.indexOf('\r\n\r\n'));
  const isBase64 = /content-transfer-encoding: base64/i.test(text);
  const plain = isBase64 ? Buffer.from(body, 'base64').toString() : body.replace(/=\r\n/g, '').replace(/=3D/g, '=');
  return /\/activate#([\w-]{43})/.exec(plain)?.[1] ?? '';
}

async function activate(token: string): Promise<number> {
  const body = JSON.stringify({ token, password: 'năm cái ghế đẩu xanh' });
  const headers = { 'content-type': 'application/json' };
  return (await answerOf(await fetch(`${testApp.url}/api/v1/auth/activation`, { method: 'POST', body, headers })))
    .status;
}

async function invite(email: string): Promise<string> {
  const area = { kind: 'markets', codes: ['LET01'] };
  const input = { email, fullName: 'Nguyễn Thị Thư', role: 'market_board', area, reason: 'QĐ 15' };
  const { body } = await admin.post('/api/v1/staff', input);
  const { id } = body.approval as unknown as { id: string };
  expect(letters).toEqual([]);
  expect((await leader.post(`/api/v1/approvals/${id}/approval`)).status).toBe(200);
  return body.personId as unknown as string;
}

it('the invitation leaves when it is approved, and only its receiver sees the link', async () => {
  const id = await invite('thu.1@example.vn');
  expect((await admin.get(`/api/v1/staff/${id}`)).body.letter).toMatchObject({ state: 'waiting' });
  await sendWaiting();
  expect(letters.map(({ to }) => to)).toEqual(['thu.1@example.vn']);
  const { body } = await admin.get(`/api/v1/staff/${id}`);
  expect(body.letter).toEqual({ state: 'sent', at: '2026-11-22T02:00:00.000Z', fault: null });
  expect(await activate(tokenIn(letters[0] as Received))).toBe(200);
});

it('a link that is handed over is shown, and ends the one in the letter', async () => {
  const id = await invite('thu.2@example.vn');
  const byLetter = await admin.post(`/api/v1/staff/${id}/link`);
  expect([byLetter.status, byLetter.body]).toMatchObject([201, { delivery: 'letter', link: null }]);
  await sendWaiting();
  expect(letters).toHaveLength(1);
  const byHand = await admin.post(`/api/v1/staff/${id}/link`, { delivery: 'in_person' });
  expect(byHand.body.delivery).toBe('in_person');
  await sendWaiting();
  expect(letters).toHaveLength(1);
  expect(await activate(tokenIn(letters[0] as Received))).toBe(422);
  expect(await activate((byHand.body.link as unknown as string).split('#')[1] ?? '')).toBe(200);
});

it('disabling withdraws a letter that still waits', async () => {
  const id = await invite('thu.3@example.vn');
  await admin.post(`/api/v1/staff/${id}/disabling`, { reason: 'Nhầm người' });
  await sendWaiting();
  expect(letters).toEqual([]);
  expect((await admin.get(`/api/v1/staff/${id}`)).body.letter).toMatchObject({ state: 'withdrawn' });
});
