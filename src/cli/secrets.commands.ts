import type { Command } from 'commander';
import { printJson } from './json-lines';

/** `secrets`: what is sealed with which key, and bringing everything under the current one. */
export function registerSecretsCommands(program: Command): void {
  const secrets = program.command('secrets').description('keys that seal secrets and personal data at rest');
  secrets
    .command('keys')
    .description('how many values are sealed with each key, and where; a key that is not listed can be dropped')
    .action(showKeys);
  secrets
    .command('rotate')
    .description('seal everything anew with SEALING_KEY beside all other work; exit code 1 when something stays behind')
    .action(rotate);
}

async function showKeys(): Promise<void> {
  const { KeyRotationService } = await import('../platform/secrets/key-rotation.service.js');
  const { withApp } = await import('./with-app.js');
  await printJson({ keys: await withApp((app) => app.get(KeyRotationService, { strict: false }).keysInUse()) });
}

async function rotate(): Promise<void> {
  const { AuditService } = await import('../audit/audit.service.js');
  const { Database } = await import('../platform/db/database.js');
  const { KeyRotationService } = await import('../platform/secrets/key-rotation.service.js');
  const { withApp } = await import('./with-app.js');
  const outcome = await withApp(async (app) => {
    const rotation = app.get(KeyRotationService, { strict: false });
    const done = await rotation.rotate({ report: showProgress });
    await app.get(Database).write((tx) =>
      app.get(AuditService, { strict: false }).record(tx, {
        action: 'sealing_keys_rotated',
        subjectType: 'sealing_key',
        subjectId: rotation.currentKeyId,
        after: done,
      }),
    );
    return { ...done, keys: await rotation.keysInUse() };
  });
  await printJson(outcome);
  if (outcome.keys.some(({ current }) => !current)) process.exitCode = 1;
}

/** On standard error: standard output belongs to the outcome. */
function showProgress(column: string, { resealed }: { resealed: number }): void {
  process.stderr.write(`${JSON.stringify({ column, resealed })}\n`);
}
