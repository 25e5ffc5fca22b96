import { LineCopy } from './line-copy';

const MEGABYTE = 'x'.repeat(1_048_576);

/** A connection that copies when told to, and says when two statements would meet on it. */
function connection() {
  const copied: number[] = [];
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  let busy = false;
  const copy = async (rows: string): Promise<void> => {
    if (busy) throw new Error('two statements at once');
    busy = true;
    await new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
    busy = false;
    copied.push(rows.length);
  };
  return { copy, copied, waiting };
}

describe('LineCopy', () => {
  it('gathers small pieces, and sends the rest at the end', async () => {
    const { copy, copied, waiting } = connection();
    const lines = new LineCopy(copy);
    await lines.add('one\n');
    await lines.add('two\n');
    expect(waiting).toHaveLength(0);
    const end = lines.end();
    await Promise.resolve();
    waiting[0]?.resolve();
    await end;
    expect(copied).toEqual([8]);
  });

  it('does not wait for a batch while the next is made, and never sends two at once', async () => {
    const { copy, copied, waiting } = connection();
    const lines = new LineCopy(copy);
    await lines.add(MEGABYTE);
    await lines.add('more\n');
    expect([waiting.length, copied.length]).toEqual([1, 0]);
    const second = lines.add(MEGABYTE);
    waiting[0]?.resolve();
    await second;
    waiting[1]?.resolve();
    await lines.end();
    expect(copied).toEqual([MEGABYTE.length, MEGABYTE.length + 5]);
  });

  it('sends nothing when there is nothing', async () => {
    const { copy, waiting } = connection();
    await new LineCopy(copy).end();
    expect(waiting).toHaveLength(0);
  });

  it('tells of a failed batch at the next step, and settles quietly', async () => {
    const { copy, waiting } = connection();
    const lines = new LineCopy(copy);
    await lines.add(MEGABYTE);
    waiting[0]?.reject(new Error('connection lost'));
    await expect(lines.idle()).rejects.toThrow('connection lost');
    await expect(lines.end()).rejects.toThrow('connection lost');
    await lines.settle();
  });
});
