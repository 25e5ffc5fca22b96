import { JobHandlers } from './job-handlers';
import { jobOptions, JOB_NAMES, ringKey } from './jobs';
import { Sweepers } from './sweepers';

const nothing = async (): Promise<void> => {};
const stopping = new AbortController().signal;

describe('job handlers', () => {
  it('refuses a second handler', () => {
    const handlers = new JobHandlers();
    handlers.handle('make-card-pack', nothing);
    expect(() => handlers.handle('make-card-pack', nothing)).toThrow('job make-card-pack has two handlers');
  });

  it('names every job that nobody does', () => {
    const handlers = new JobHandlers();
    handlers.handle('make-card-pack', nothing);
    const others = JOB_NAMES.filter((name) => name !== 'make-card-pack');
    expect(() => handlers.assertComplete()).toThrow(`jobs without a handler: ${others.join(', ')}`);
    new Sweepers(handlers);
    for (const name of others.filter((other) => other !== 'sweep')) handlers.handle(name, nothing);
    expect(() => handlers.assertComplete()).not.toThrow();
  });

  it.each(['from-a-newer-version', 'toString', '__proto__'])('refuses to run %s', async (name) => {
    await expect(new JobHandlers().run(name, {}, stopping)).rejects.toThrow(`no handler for job ${name}`);
  });
});

describe('sweepers', () => {
  const sweeper = (name: string, sweep: () => Promise<number>): { name: string; sweep: () => Promise<number> } => ({
    name,
    sweep,
  });

  it('refuses a name twice', () => {
    const sweepers = new Sweepers(new JobHandlers());
    sweepers.add(sweeper('packs', async () => 0));
    expect(() => sweepers.add(sweeper('packs', async () => 0))).toThrow('two sweepers are called packs');
  });

  it('tells what each found', async () => {
    const handlers = new JobHandlers();
    const sweepers = new Sweepers(handlers);
    sweepers.add(sweeper('packs', async () => 0));
    sweepers.add(sweeper('submissions', async () => 3));
    expect(await handlers.run('sweep', {}, stopping)).toEqual({ packs: 0, submissions: 3 });
  });
});

describe('ring keys and job options', () => {
  it.each([
    [ringKey('process-submission', { submissionId: '0190-ab' }), 'process-submission-0190-ab'],
    [ringKey('make-card-pack', { packId: '7' }), 'make-card-pack-7'],
    [ringKey('sweep', {}), 'sweep'],
  ])('%s', (key, expected) => expect(key).toBe(expected));

  it.each(JOB_NAMES)('%s leaves nothing behind when it is done, and its dead letter when it is not', (name) => {
    const { removeOnComplete, removeOnFail } = jobOptions(name, 1_000);
    expect(removeOnComplete).toBe(true);
    expect(removeOnFail).toEqual({ count: expect.any(Number) });
  });
});
