import type { Command } from 'commander';
import { printJson } from './json-lines';

interface InviteOptions {
  readonly email: string;
  readonly name?: string;
}

interface FactorResetOptions {
  readonly email: string;
  readonly reason: string;
}

/** `admin create`, `admin reset`: one-time links for administrators, shown once; and the way out of lost factors. */
export function registerAccessCommands(program: Command): void {
  const admin = program.command('admin').description('administrators of the console');
  admin
    .command('create')
    .description(
      'create an administrator while fewer than two are active; prints the one-time link that sets the password',
    )
    .requiredOption('--email <email>', 'the name to sign in with')
    .option('--name <name>', 'full name, as shown in the console')
    .action(({ email, name }: InviteOptions) => createAdmin(email, name));
  admin
    .command('reset')
    .description('offer a new password; prints the one-time link')
    .requiredOption('--email <email>', 'whose password')
    .action(({ email }: InviteOptions) => offerReset(email));
  admin
    .command('reset-second-factor')
    .description('for a person who has lost phone, passkeys and recovery codes: all are removed, all sessions end')
    .requiredOption('--email <email>', 'whose')
    .requiredOption('--reason <reason>', 'how you know that it is them; stands in the audit trail')
    .action(({ email, reason }: FactorResetOptions) => resetSecondFactor(email, reason));
}

async function createAdmin(email: string, fullName = ''): Promise<void> {
  const { StaffService, withApp } = await load();
  const made = await withApp((app) => app.get(StaffService).inviteAdministrator({ email, fullName }));
  await printJson({ email: made.email, link: made.link, expiresAt: made.expiresAt.toISOString() });
}

async function offerReset(email: string): Promise<void> {
  const { StaffService, withApp } = await load();
  const made = await withApp((app) => app.get(StaffService).offerReset(email));
  await printJson({ email: made.email, link: made.link, expiresAt: made.expiresAt.toISOString() });
}

async function resetSecondFactor(email: string, reason: string): Promise<void> {
  const { EnrolmentService, withApp } = await load();
  await withApp((app) => app.get(EnrolmentService).resetOf(email, reason));
  await printJson({ email, secondFactor: 'removed' });
}

/** Only a command that runs loads the framework. */
async function load() {
  const [{ StaffService }, { EnrolmentService }, { withApp }] = await Promise.all([
    import('../access/staff.service.js'),
    import('../access/second-factor/enrolment.service.js'),
    import('./with-app.js'),
  ]);
  return { StaffService, EnrolmentService, withApp };
}
