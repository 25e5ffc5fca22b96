import { type Command } from 'commander';
import { answerLines } from './json-lines';

/** `vietqr decode` and `vietqr encode`: JSON lines in, JSON lines out, in order; a wrong line stops nothing. */
export function registerVietQrCommands(program: Command): void {
  const vietqr = program.command('vietqr').description('Read and write VietQR payloads, one JSON object per line');
  vietqr
    .command('decode')
    .description('stdin {"payload"} → {"ok": true, "fields"} or {"ok": false, "code", "message"}')
    .option('--scan-back', 'read what hangs on a wall: facts outside the letter become warnings')
    .action(async ({ scanBack }: { scanBack?: boolean }) => {
      const { decodeLine, decodeScannedLine } = await import('./vietqr-lines.js');
      await answerLines(process.stdin, scanBack ? decodeScannedLine : decodeLine);
    });
  vietqr
    .command('encode')
    .description('stdin {"bin", "account", "service"?, "amount"?, "content"?} → {"ok": true, "payload"} or a refusal')
    .action(async () => {
      const { encodeLine } = await import('./vietqr-lines.js');
      await answerLines(process.stdin, encodeLine);
    });
}
