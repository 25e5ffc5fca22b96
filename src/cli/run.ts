import { Command, CommanderError } from 'commander';
import { DomainError } from '../kernel/errors';
import { StartupError } from '../platform/startup-error';
import { registerAccessCommands } from './access.commands';
import { registerAuditCommands } from './audit.commands';
import { registerBankCommands } from './bank.commands';
import { printJson } from './json-lines';
import { registerOpenApiCommands } from './openapi.commands';
import { registerLedgerCommands } from './ledger.commands';
import { registerRegisterCommands } from './register.commands';
import { registerSecretsCommands } from './secrets.commands';
import { registerSandboxCommands } from './sandbox.commands';
import { registerSignCommands } from './sign.commands';
import { registerSubmissionCommands } from './submission.commands';
import { registerVietQrCommands } from './vietqr.commands';

/**
 * The command line `cho40`. Each command file registers itself here with one line and loads what it needs inside its
 * action, so that `vietqr decode` starts no framework and no database.
 */
function buildProgram(): Command {
  // Before the commands: they inherit how errors and help leave.
  const program = new Command('cho40')
    .description('Chợ 4.0: one-off commands, each printing JSON')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  registerVietQrCommands(program);
  registerSubmissionCommands(program);
  registerSignCommands(program);
  registerBankCommands(program);
  registerSandboxCommands(program);
  registerAccessCommands(program);
  registerAuditCommands(program);
  registerRegisterCommands(program);
  registerLedgerCommands(program);
  registerSecretsCommands(program);
  registerOpenApiCommands(program);
  return program;
}

/**
 * Runs one command. What goes wrong is one JSON line `{"ok": false, "code", "message"}` on stdout.
 * @returns the exit code: 0, or 1 for wrong usage and for every error; an action that finished may have set
 * `process.exitCode` itself.
 */
export async function runCli(argv: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    await printJson(refusal(error));
    return 1;
  }
}

function refusal(error: unknown): { ok: false; code: string; message: string } {
  if (error instanceof CommanderError) return { ok: false, code: 'usage', message: usageMessage(error) };
  if (error instanceof StartupError) return { ok: false, code: error.code, message: error.text.vi };
  if (error instanceof DomainError) return { ok: false, code: error.code, message: error.text.vi };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${detail}\n`);
  return { ok: false, code: 'internal_error', message: 'Lỗi không lường trước; chi tiết ở stderr.' };
}

/** Commander throws `(outputHelp)` where a group is called without a subcommand. */
function usageMessage(error: CommanderError): string {
  if (error.code === 'commander.help') return 'a subcommand is needed; see --help';
  return error.message.replace(/^error: /, '');
}
