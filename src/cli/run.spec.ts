import { runCli } from './run';

describe('runCli', () => {
  afterEach(() => jest.restoreAllMocks());

  async function run(...args: string[]): Promise<{ exit: number; printed: string }> {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const exit = await runCli(['node', 'cho40', ...args]);
    return { exit, printed: write.mock.calls.map(([text]) => String(text)).join('') };
  }

  it.each([
    ['no command', []],
    ['a group without a command', ['vietqr']],
    ['an unknown command', ['vietqr', 'paint']],
    ['an unknown option', ['vietqr', 'decode', '--loose']],
    ['an argument too many', ['vietqr', 'encode', 'file.json']],
  ])('answers %s with one line of JSON and exit code 1', async (_name, args) => {
    const { exit, printed } = await run(...args);
    expect(exit).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({ ok: false, code: 'usage', message: expect.any(String) as string });
  });

  it('prints help and succeeds', async () => {
    const { exit, printed } = await run('vietqr', '--help');
    expect(exit).toBe(0);
    expect(printed).toContain('decode');
  });
});
