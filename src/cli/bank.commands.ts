import { type Command, InvalidArgumentError, Option } from 'commander';
import { type BankBin, isBankBin } from '../kernel/bank-bin';
import { registerBankAgreement } from './bank-agreement.command';
import { printJson } from './json-lines';

interface CreateFlags {
  readonly bin: BankBin;
  readonly alg: 'hmac-sha256' | 'ed25519';
  readonly env: 'live' | 'test';
}

interface BinFlag {
  readonly bin: BankBin;
}

interface KeyFlag {
  readonly keyId: string;
}

/** What an operator may do to a key, and the state it then has. */
const MOVES = [
  { name: 'suspend', to: 'suspended', summary: 'refuse requests signed with it until it is resumed' },
  { name: 'resume', to: 'active', summary: 'accept a suspended key again' },
  { name: 'retire', to: 'retired', summary: 'refuse it for ever, and make room for a new one' },
] as const;

/** `bank agreement`, `bank key create | list | suspend | resume | retire`. */
export function registerBankCommands(program: Command): void {
  const bank = program.command('bank').description('institutions that report');
  registerBankAgreement(bank);
  const key = bank.command('key');
  key.description('keys with which they sign; two may be live at once');
  key
    .command('create')
    .description(
      'make a key; its secret is printed here and nowhere else. Of live keys the first: later ones take two people',
    )
    .requiredOption('--bin <bin>', 'whose key', binOption)
    .addOption(new Option('--alg <alg>').choices(['hmac-sha256', 'ed25519']).makeOptionMandatory())
    .addOption(
      new Option('--env <env>', 'live counts, test is kept in the sandbox').choices(['live', 'test']).default('live'),
    )
    .action(createKey);
  key
    .command('list')
    .description('keys of one institution, newest first, without secrets')
    .requiredOption('--bin <bin>', 'whose keys', binOption)
    .action(listKeys);
  for (const { name, to, summary } of MOVES) {
    key
      .command(name)
      .description(summary)
      .requiredOption('--key-id <id>', 'which key')
      .action(({ keyId }: KeyFlag) => moveKey(keyId, to));
  }
}

async function createKey({ bin, alg, env }: CreateFlags): Promise<void> {
  if (env === 'test') return createTestKey(bin, alg);
  const { BankKeyService, withApp } = await load();
  await printJson(await withApp((app) => app.get(BankKeyService, { strict: false }).createFirst(bin, alg)));
}

/** With its sandbox, as on the page. */
async function createTestKey(bin: BankBin, alg: CreateFlags['alg']): Promise<void> {
  const { BankKeyService, withApp } = await load();
  const { SandboxService } = await import('../bank-clients/sandbox.service.js');
  await printJson(
    await withApp(async (app) => {
      await app.get(SandboxService, { strict: false }).ensure(bin);
      return app.get(BankKeyService, { strict: false }).create(bin, alg, 'test');
    }),
  );
}

async function listKeys({ bin }: BinFlag): Promise<void> {
  const { BankKeyService, withApp } = await load();
  const keys = await withApp((app) => app.get(BankKeyService, { strict: false }).listOf(bin));
  await printJson({ bin, keys });
}

async function moveKey(keyId: string, to: 'active' | 'suspended' | 'retired'): Promise<void> {
  const { BankKeyService, withApp } = await load();
  await withApp((app) => app.get(BankKeyService, { strict: false }).move(keyId, to));
  await printJson({ keyId, state: to });
}

/** Only a command that runs loads the framework. */
async function load() {
  const [{ BankKeyService }, { withApp }] = await Promise.all([
    import('../banks/bank-key.service.js'),
    import('./with-app.js'),
  ]);
  return { BankKeyService, withApp };
}

function binOption(text: string): BankBin {
  if (!isBankBin(text)) throw new InvalidArgumentError('a BIN has six digits');
  return text;
}
