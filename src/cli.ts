import { runCli } from './cli/run';

void runCli(process.argv).then((code) => {
  process.exitCode = code;
});
