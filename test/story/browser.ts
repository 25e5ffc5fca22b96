import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const SYSTEM_LIBRARIES = ['/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu', '/lib64', '/usr/lib64'];

/**
 * Without the first a browser does not start as root; without the others it spends its start in a closed network on
 * connections that are refused. The packaged browser's own list is left out: its `--single-process` ends the whole
 * browser with the first page that is closed, and its `--disable-web-security` would hide what a real one forbids.
 */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** `CHROME_PATH`, a browser of the machine, else the one inside the npm package: nothing has to be installed. */
export async function launchBrowser(): Promise<Browser> {
  const system = [process.env.CHROME_PATH ?? '', ...SYSTEM_BROWSERS].find((path) => path !== '' && existsSync(path));
  if (system) return chromium.launch({ executablePath: system, args: ARGUMENTS });
  const folder = packagedBrowser();
  const { FONTCONFIG_PATH = join(folder, 'fonts'), LD_LIBRARY_PATH = '', ...others } = process.env;
  // The package's libraries come last: they are for machines that have none.
  const libraries = [LD_LIBRARY_PATH, ...SYSTEM_LIBRARIES, join(folder, 'al2023', 'lib')].filter(Boolean).join(':');
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ARGUMENTS,
    env: { ...others, FONTCONFIG_PATH, LD_LIBRARY_PATH: libraries },
  });
}

/** Unpacked once per user and version, and never half: two test files may start at once. */
function packagedBrowser(): string {
  const folder = join(tmpdir(), `cho40-browser-${packagedVersion()}-${process.getuid?.() ?? 'user'}`);
  if (existsSync(folder)) return folder;
  const unpacked = mkdtempSync(`${folder}-`);
  // The package unpacks into the folder for temporary files and nowhere else, and jest's workers cannot name another.
  execFileSync(process.execPath, ['-e', 'import("@sparticuz/chromium").then((all) => all.default.executablePath())'], {
    cwd: __dirname,
    // Said to be on Lambda it brings the libraries along.
    env: { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  });
  try {
    renameSync(unpacked, folder);
  } catch {
    // Another run was first.
    rmSync(unpacked, { recursive: true, force: true });
  }
  return folder;
}

function packagedVersion(): string {
  const manifest = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..', 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
