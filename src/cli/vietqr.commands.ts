import { type Command } from 'commander';

/** `vietqr decode` and `vietqr encode`: JSON lines in, JSON lines out. */
export function registerVietQrCommands(program: Command): void {
  program.command('vietqr').description('Read and write VietQR payloads, one JSON object per line');
}
