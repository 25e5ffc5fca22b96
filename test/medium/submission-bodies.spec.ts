import { createHash, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { RandomIds } from '../../src/kernel/ids';
import { execute, sql } from '../../src/platform/db/database';
import { SubmissionBodyRepository } from '../../src/submissions/submission-body.repository';
import { insertRow } from '../factories/insert';
import { saveBank } from '../factories/vendor.factory';
import { TEST_SEALING } from '../database/test-secrets';
import { createTestDatabase, type TestDatabase } from '../database/test-database';

const ids = new RandomIds();
const NOW = Date.parse('2026-11-22T02:00:00Z');
const HOUR = 3_600_000;

let db: TestDatabase;
let bodies: SubmissionBodyRepository;
beforeAll(async () => {
  db = await createTestDatabase();
  bodies = new SubmissionBodyRepository(db.database, TEST_SEALING);
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

  it('lies sealed, chunk by chunk: none opens in the place of another', async () => {
    const text = Buffer.from('L,,0011004411223,CARD,1,45000,0,0\n'.repeat(100));
    const id = await stored([text, text]);
    const chunks = await db.database.read((tx) =>
      sql<{ bytes: Buffer }>(tx, 'SELECT bytes FROM submission_body_chunks WHERE submission_id = $1', [id]),
    );
    const [first, second] = chunks.map(({ bytes }) => bytes);
    expect(() => inflateRawSync(first as Buffer)).toThrow();
    expect(first).not.toEqual(second);
    await db.database.write((tx) =>
      execute(tx, 'UPDATE submission_body_chunks SET bytes = $2 WHERE submission_id = $1 AND seq = 1', [id, first]),
    );
    await expect(readBack(id, Buffer.concat([text, text]))).rejects.toThrow('altered or moved');
  });

  it('of an older version reads as ever, and is sealed by the sweep', async () => {
    const id = ids.uuid();
    const texts = [Buffer.from('first half, '), Buffer.from('second half')];
    const whole = Buffer.concat(texts);
    await db.database.write(async (tx) => {
      for (const [seq, text] of texts.entries()) {
        await insertRow(tx, 'submission_body_chunks', { submission_id: id, seq, bytes: deflateRawSync(text) });
      }
    });
    expect(await readBack(id, whole)).toEqual(whole);
    const seal = (): Promise<number> => db.database.write((tx) => bodies.sealClear(tx, 1));
    expect([await seal(), await seal(), await seal()]).toEqual([1, 1, 0]);
    expect(await readBack(id, whole)).toEqual(whole);
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
