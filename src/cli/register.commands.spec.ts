import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_LIST_BYTES } from '../platform/lists/csv-list';
import { runCli } from './run';

let folder: string;
let large: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cho40-lists-'));
  large = join(folder, 'large.csv');
  writeFileSync(large, '');
  truncateSync(large, MAX_LIST_BYTES + 1);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ exit: number; code: string }> {
  let printed = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  try {
    const exit = await runCli(['node', 'cho40', ...args]);
    return { exit, code: (JSON.parse(printed) as { code: string }).code };
  } finally {
    write.mockRestore();
  }
}

// What a list is refused for stands in the import's own tests: here, what is refused before anything starts.
it.each([
  ['a path that leads nowhere', ['market', 'import', '/nowhere.csv'], 'file_unreadable'],
  ['a folder', ['market', 'import', tmpdir()], 'file_unreadable'],
  ['a vendor list of no market', ['vendor', 'import', '/nowhere.csv'], 'usage'],
  ['no file', ['market', 'import'], 'usage'],
])('%s is refused', async (_name, args, code) => {
  expect(await run(...args)).toEqual({ exit: 1, code });
});

it('a file beyond the limit is refused unread', async () => {
  expect(await run('market', 'import', large)).toEqual({ exit: 1, code: 'list_too_large' });
});
