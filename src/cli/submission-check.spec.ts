import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeCsv, TODAY } from '../../test/factories/submission-text';
import type { BankBin } from '../kernel/bank-bin';
import { runCli } from './run';
import { checkSubmissionFile } from './submission-check';

const FIXTURES = join(__dirname, '../../test/fixtures/submissions');

describe('checkSubmissionFile', () => {
  let folder: string;
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'submission-check-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['submission.csv', (bytes: Buffer) => bytes],
    ['submission.CSV', (bytes: Buffer) => bytes],
    ['submission.csv.gz', (bytes: Buffer) => gzipSync(bytes)],
    ['submission.json', (bytes: Buffer) => bytes],
    ['submission.json.gz', (bytes: Buffer) => gzipSync(bytes)],
  ])('reads %s', async (name, pack) => {
    const source = readFileSync(join(FIXTURES, name.includes('json') ? 'submission.json' : 'submission.csv'));
    const result = await checkSubmissionFile(file(name, pack(source)), { today: TODAY });
    expect(result).toMatchObject({
      verdict: 'ACCEPTED',
      header: { bankBin: '970436', reference: 'VCB-20261010-0001', part: 1 },
      totals: { lineCount: '900', amount: '1001156808450773' },
      problems: [],
      problemCount: 0,
      checkedAgainst: { today: '2026-11-22', bank: null },
    });
    expect(() => JSON.stringify(result)).not.toThrow();
  });

  it('lists problems with line, field, code and sentence', async () => {
    const path = file('wrong.csv', makeCsv({ lines: ['L,,0011004411223,CARD,1,-5,0,0'] }));
    expect(await checkSubmissionFile(path, { today: TODAY, signedBy: '970405' as BankBin })).toMatchObject({
      verdict: 'REJECTED',
      header: null,
      problems: [
        { line: 1, field: 'bankBin', code: 'bank_mismatch', message: expect.stringContaining('970405') },
        { line: 2, field: 'amount', value: '-5', code: 'invalid_number', messageEn: expect.any(String) },
      ],
    });
  });

  it.each<[string, string, string | Buffer | null]>([
    ['file_not_found', 'none.csv', null],
    ['file_not_found', 'none.csv.gz', null],
    ['format_not_supported', 'a.ndjson', '{}'],
    ['format_not_supported', 'a.xlsx', 'PK'],
    ['format_not_supported', 'a.xml', '<Document/>'],
    ['format_not_supported', 'a.zip.gz', ''],
    ['format_not_supported', 'csv', ''],
    ['gzip_broken', 'plain.csv.gz', makeCsv()],
    ['gzip_broken', 'cut.csv.gz', gzipSync(makeCsv()).subarray(0, -12)],
    ['gzip_broken', 'empty.csv.gz', gzipSync(makeCsv()).subarray(0, 5)],
  ])('refuses with %s: %s', async (code, name, content) => {
    const path = content === null ? join(folder, name) : file(name, content);
    await expect(checkSubmissionFile(path, { today: TODAY })).rejects.toMatchObject({ code });
  });

  it('refuses a folder', async () => {
    const path = join(folder, 'folder.csv');
    mkdirSync(path);
    await expect(checkSubmissionFile(path, { today: TODAY })).rejects.toMatchObject({ code: 'file_unreadable' });
  });
});

describe('submission check', () => {
  const before = process.exitCode;
  let printed: string[];

  beforeEach(() => {
    printed = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = before;
  });

  const run = async (...argv: string[]): Promise<[number, unknown]> => {
    const code = await runCli(['node', 'cho40', 'submission', 'check', ...argv]);
    return [code, JSON.parse(printed.join('')) as unknown];
  };
  const sample = join(FIXTURES, 'second-bank.csv');

  it.each<[string, string[], number, object]>([
    ['accepts', [sample, '--today', '2026-11-22'], 0, { verdict: 'ACCEPTED' }],
    ['holds the BIN against --bank', [sample, '--today', '2026-11-22', '--bank', '970436'], 0, { verdict: 'REJECTED' }],
    ['judges the day as told', [sample, '--today', '2026-10-09'], 0, { verdict: 'REJECTED' }],
    ['takes the horizon', [sample, '--today', '2026-11-22', '--horizon-days', '5'], 0, { verdict: 'REJECTED' }],
    ['says that a file is not there', ['none.csv'], 2, { ok: false, code: 'file_not_found' }],
    ['says that a format is not read', ['a.ndjson'], 2, { ok: false, code: 'format_not_supported' }],
    ['refuses a wrong day', [sample, '--today', '2026-02-30'], 1, { ok: false, code: 'usage' }],
    ['refuses a wrong bank', [sample, '--bank', 'VCB'], 1, { ok: false, code: 'usage' }],
  ])('%s', async (_name, argv, exitCode, answer) => {
    expect(await run(...argv)).toEqual([exitCode, expect.objectContaining(answer)]);
  });

  interface Mutant {
    readonly file: string;
    readonly verdict: string;
    readonly line: number | null;
    readonly field: string | null;
  }
  const folder = join(FIXTURES, '..', 'mutants');
  const mutants = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Mutant[];

  it.each(mutants)('finds $file $verdict when told who signs', async ({ file, verdict, line, field }) => {
    const [code, printedAnswer] = await run(join(folder, file), '--today', '2026-11-22', '--bank', '970436');
    const answer = printedAnswer as { verdict: string; problems: { line: number | null; field: string | null }[] };
    expect([code, answer.verdict]).toEqual([0, verdict]);
    const fits = answer.problems.some(
      (found) => (line === null || found.line === line) && (field === null || found.field === field),
    );
    expect(fits).toBe(verdict === 'REJECTED');
  });

  it('cannot know without --bank that a header names another bank than the signer', async () => {
    const [, answer] = await run(join(folder, '26-bank-bin-other.csv'), '--today', '2026-11-22');
    expect(answer).toMatchObject({ verdict: 'ACCEPTED', checkedAgainst: { bank: null } });
  });
});
