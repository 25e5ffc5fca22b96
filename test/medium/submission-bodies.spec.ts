import { createHash, randomBytes } from 'node:crypto';
import { RandomIds } from '../../src/kernel/ids';
import { execute, sql } from '../../src/platform/db/database';
import { SubmissionBodyRepository } from '../../src/submissions/submission-body.repository';
import { insertRow } from '../factories/insert';
import { saveBank } from '../factories/vendor.factory';
import { createTestDatabase, type TestDatabase } from '../database/test-database';

const ids = new RandomIds();
const NOW = Date.parse('2026-11-22T02:00:00Z');
const HOUR = 3_600_000;

let db: TestDatabase;
let bodies: SubmissionBodyRepository;
beforeAll(async () => {
  db = await createTestDatabase();
  bodies = new SubmissionBodyRepository(db.database);
});
afterAll(() => db.drop());

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const nothingRuns = async (): Promise<void> => undefined;

async function stored(chunks: readonly Buffer[], id = ids.uuid()): Promise<string> {
  for (const [seq, bytes] of chunks.entries()) await bodies.put(null, id, seq, bytes);
  return id;
}

async function readBack(id: string, expected: Buffer): Promise<Buffer> {
  return db.database.read(async (tx) => {
    const read: Buffer[] = [];
    for await (const bytes of bodies.read(tx, { id, sha256: sha256(expected) }, nothingRuns)) read.push(bytes);
    return Buffer.concat(read);
  });
}

describe('a stored body', () => {
  it.each([0, 1, 3, 4, 5, 9])('of %i chunks comes back byte for byte', async (count) => {
    const chunks = Array.from({ length: count }, () => randomBytes(20_000));
    const whole = Buffer.concat(chunks);
    expect((await readBack(await stored(chunks), whole)).equals(whole)).toBe(true);
  });

  it.each([
    ['the first chunk', 0],
    ['one in the middle', 2],
    ['the last chunk', 5],
  ])('without %s is not taken for the whole', async (_name, seq) => {
    const chunks = Array.from({ length: 6 }, () => randomBytes(1_000));
    const id = await stored(chunks);
    await db.database.write((tx) =>
      execute(tx, 'DELETE FROM submission_body_chunks WHERE submission_id = $1 AND seq = $2', [id, seq]),
    );
    await expect(readBack(id, Buffer.concat(chunks))).rejects.toThrow('is not what was received');
  });

  it('keeps a chunk that is written twice once, as it was first', async () => {
    const id = await stored([Buffer.from('first')]);
    await bodies.put(null, id, 0, Buffer.from('again'));
    expect((await readBack(id, Buffer.from('first'))).toString()).toBe('first');
  });
});

describe('bodies that nobody owns', () => {
  const idAt = (hoursAgo: number): string => ids.uuidAt(new Date(NOW - hoursAgo * HOUR));

  it('go after a day; those of submissions, and younger ones, stay', async () => {
    await db.database.write((tx) => execute(tx, 'DELETE FROM submission_body_chunks'));
    const [orphan, owned, young, old] = [idAt(30), idAt(31), idAt(2), idAt(24 * 90)];
    for (const id of [orphan, owned, young, old]) await stored([Buffer.from('a'), Buffer.from('b')], id);
    await db.database.write(async (tx) => {
      await saveBank(tx, '970436');
      await insertRow(tx, 'submissions', {
        id: owned,
        bank_bin: '970436',
        reference: 'OWNED',
        business_date: '2026-11-20',
        part: 1,
        revision: 1,
        granularity: 'stall',
        format: 'csv',
        state: 'RECEIVED',
        body_sha256: Buffer.alloc(32),
        byte_count: 2,
        body_line_count: 1,
        key_id: 'k',
        received_at: new Date(NOW),
      });
    });
    const span = { fromId: idAt(24 * 60), beforeId: idAt(24) };
    expect(await bodies.purgeOrphans(span)).toBe(1);
    expect(await bodies.purgeOrphans(span)).toBe(0);
    await bodies.discard(owned);
    const left = await db.database.read((tx) =>
      sql<{ id: string }>(tx, 'SELECT DISTINCT submission_id AS id FROM submission_body_chunks ORDER BY 1'),
    );
    expect(left.map(({ id }) => id)).toEqual([owned, young, old].sort());
  });
});
