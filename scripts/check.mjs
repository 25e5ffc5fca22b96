// npm run check: every check, two at a time, each one's words printed when it ends; exit code 1 if any failed.
import { spawn } from 'node:child_process';

const CHECKS = ['lint', 'types', 'format', 'deps', 'unused', 'api'];
const AT_ONCE = 2;

const waiting = [...CHECKS];
const failed = [];

async function work() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const started = Date.now();
    const { code, output } = await run(name);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    process.stdout.write(
      `${code === 0 ? 'ok    ' : 'FAILED'} check:${name} (${seconds} s)\n${code === 0 ? '' : output}`,
    );
    if (code !== 0) failed.push(name);
  }
}

function run(name) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '-s', `check:${name}`], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.on('close', (code) => resolve({ code, output }));
  });
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
process.exit(failed.length > 0 ? 1 : 0);
