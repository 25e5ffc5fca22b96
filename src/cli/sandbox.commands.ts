import { type Command, InvalidArgumentError } from 'commander';
import { type BankBin, isBankBin, SANDBOX_PROVINCE } from '../kernel/bank-bin';
import { printJson } from './json-lines';

/** `sandbox seed`: the province in which banks test; a bank's first test key brings it in as well. */
export function registerSandboxCommands(program: Command): void {
  const sandbox = program.command('sandbox').description('the province 00, in which banks test');
  sandbox
    .command('seed')
    .description('bring in what is missing, for every institution that tests and those named')
    .option('--bin <bin...>', 'institutions that are going to test', binsOption)
    .action(seed);
}

async function seed({ bin = [] }: { readonly bin?: readonly BankBin[] }): Promise<void> {
  const [{ SandboxService }, { withApp }] = await Promise.all([
    import('../bank-clients/sandbox.service.js'),
    import('./with-app.js'),
  ]);
  const banks = await withApp((app) => app.get(SandboxService, { strict: false }).seed(bin));
  await printJson({ province: SANDBOX_PROVINCE, banks });
}

function binsOption(text: string, former: readonly BankBin[] = []): readonly BankBin[] {
  if (!isBankBin(text)) throw new InvalidArgumentError('a BIN has six digits');
  return [...former, text];
}
