import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { printJson } from './json-lines';

interface VerifyOptions {
  readonly checkpoint?: string;
}

/** `audit checkpoint`, `audit verify`: the trail’s chain, seen from outside of the database. */
export function registerAuditCommands(program: Command): void {
  const audit = program.command('audit').description('the chain of the audit trail');
  audit
    .command('checkpoint')
    .description('Seal what waits and print the head of the chain, stamped: to be kept outside of the database')
    .action(checkpoint);
  audit
    .command('verify')
    .description(
      'Compute the whole chain again and compare; prints the first broken entry; exit code 1 if there is one',
    )
    .option('--checkpoint <file>', 'checkpoints kept outside, one JSON object per line, as printed or as in the log')
    .action(({ checkpoint: file }: VerifyOptions) => verify(file));
}

async function checkpoint(): Promise<void> {
  const { AuditVerifier, withApp } = await load();
  await printJson(await withApp((app) => app.get(AuditVerifier, { strict: false }).checkpoint()));
}

async function verify(file: string | undefined): Promise<void> {
  const { AuditVerifier, CHAIN_FAULTS, CheckpointUnreadable, readCheckpoints, withApp } = await load();
  const text = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new CheckpointUnreadable(1);
  const kept = text === undefined ? [] : readCheckpoints(text);
  const proof = await withApp((app) => app.get(AuditVerifier, { strict: false }).verify(kept));
  const message = proof.problem && CHAIN_FAULTS[proof.problem.code].vi;
  await printJson({ ...proof, ...(message && { message }) });
  if (!proof.ok) process.exitCode = 1;
}

/** Only a command that runs loads the framework. */
async function load() {
  const [verifier, chain, errors, checkpoints, { withApp }] = await Promise.all([
    import('../audit/audit-verifier.js'),
    import('../audit/audit-chain.rules.js'),
    import('../audit/audit.errors.js'),
    import('../audit/audit-checkpoint.rules.js'),
    import('./with-app.js'),
  ]);
  return { ...verifier, ...chain, ...errors, ...checkpoints, withApp };
}
