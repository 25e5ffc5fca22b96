import { runCli } from './cli/run';

// `… | head` closes the pipe: nothing is left to say, and no stack either.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

void runCli(process.argv).then((code) => {
  process.exitCode = code;
});
