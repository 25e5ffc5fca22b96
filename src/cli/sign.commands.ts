import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type BankRequest, type BankSigningKey, signBankRequest } from '../banks/bank-request-signer';
import { SystemClock } from '../kernel/clock';
import { printJson } from './json-lines';
import { FileUnreadable, SigningKeyInvalid } from './sign.errors';

interface SignFlags {
  readonly url: string;
  readonly keyId: string;
  readonly alg: 'hmac-sha256' | 'ed25519';
  readonly method: 'GET' | 'POST';
  readonly secret?: string;
  readonly privateKeyFile?: string;
  readonly file?: string;
  readonly contentType?: string;
  readonly idempotencyKey?: string;
  readonly plain?: boolean;
}

/** `submission sign`: a ready curl, signed as bank-contract §3 asks, good for five minutes and once. */
export function registerSignCommands(program: Command): void {
  const group = program.commands.find((command) => command.name() === 'submission') ?? program.command('submission');
  group
    .command('sign')
    .description('print a signed curl command: {"curl", "headers"}; needs no database')
    .requiredOption('--url <url>', 'the address it will be sent to, as the server knows itself', urlOption)
    .requiredOption('--key-id <id>', 'keyId of bank key create')
    .addOption(new Option('--alg <alg>').choices(['hmac-sha256', 'ed25519']).makeOptionMandatory())
    .addOption(new Option('--method <method>').choices(['GET', 'POST']).default('POST'))
    .option('--secret <base64>', 'for hmac-sha256')
    .option('--private-key-file <pem>', 'for ed25519: PKCS #8')
    .option('--file <path>', 'the body to post')
    .option('--content-type <type>', 'by the file name unless told')
    .option('--idempotency-key <key>', 'drawn at random unless told')
    .option('--plain', 'the curl command alone, ready for sh')
    .action(signSubmission);
}

async function signSubmission(flags: SignFlags): Promise<void> {
  const key = await keyOf(flags);
  const body = flags.method === 'POST' ? await bodyOf(flags) : {};
  const headers = sign({
    method: flags.method,
    url: flags.url,
    ...body,
    key,
    now: new SystemClock().now(),
    nonce: randomBytes(16).toString('base64url'),
  });
  const curl = curlOf(flags, headers);
  if (flags.plain) process.stdout.write(`${curl}\n`);
  else await printJson({ curl, headers });
}

/** Node's own words for a key that cannot be read name its library: ours say what to do. */
function sign(request: BankRequest): Record<string, string> {
  try {
    return signBankRequest(request);
  } catch {
    throw new SigningKeyInvalid();
  }
}

async function keyOf({ keyId, alg, secret, privateKeyFile }: SignFlags): Promise<BankSigningKey> {
  if (alg === 'hmac-sha256') {
    if (!secret) throw usage('hmac-sha256 needs --secret');
    return { keyId, alg, secret };
  }
  if (!privateKeyFile) throw usage('ed25519 needs --private-key-file');
  try {
    return { keyId, alg, privateKey: await readFile(privateKeyFile, 'utf8') };
  } catch {
    throw new FileUnreadable(privateKeyFile);
  }
}

/** The digest is taken as a stream: a body has no size limit. */
async function bodyOf({ file, contentType, idempotencyKey }: SignFlags): Promise<{
  contentDigest: string;
  contentType: string;
  idempotencyKey: string;
}> {
  if (!file) throw usage('POST needs --file');
  const type = contentType ?? typeByName(file);
  if (!type) throw usage('the file name does not tell its type: give --content-type');
  return {
    contentDigest: `sha-256=:${await sha256Of(file)}:`,
    contentType: type,
    idempotencyKey: idempotencyKey ?? randomBytes(16).toString('base64url'),
  };
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch {
    throw new FileUnreadable(file);
  }
  return hash.digest('base64');
}

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  xml: 'application/xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function typeByName(file: string): string | undefined {
  return TYPES[file.split('.').at(-1)?.toLowerCase() ?? ''];
}

function curlOf({ method, url, file }: SignFlags, headers: Record<string, string>): string {
  const parts = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const body = method === 'POST' && file ? [`--data-binary ${quoted(`@${file}`)}`] : [];
  return ['curl -sS', `-X ${method}`, ...parts, ...body, quoted(url)].join(' ');
}

/** For a POSIX shell: nothing inside single quotes has a meaning. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function usage(message: string): CommanderError {
  return new CommanderError(1, 'cho40.usage', message);
}

function urlOption(text: string): string {
  try {
    return new URL(text).href;
  } catch {
    throw new InvalidArgumentError('not an absolute address');
  }
}
