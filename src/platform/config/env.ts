import { z } from 'zod';
import type { Bilingual } from '../../kernel/errors';
import { StartupError } from '../startup-error';
import { isNetwork } from './networks';
import { productionFaults } from './production.rules';

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^[0-9]{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(min).max(max));
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

/** `name@host`, or `Name <name@host>`. */
const MAIL_FROM = /^(?:[^<>@\r\n"]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/;

/** Every name the program reads from its environment; `docker/.env.example` lists the same names. */
const namesSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  /** Where the embedded database, its password and the sealing key live. */
  DATA_DIR: z.string().default('.data'),
  /** An own PostgreSQL 15 or newer; without it the embedded one is started in DATA_DIR. */
  DATABASE_URL: postgresUrl.optional(),
  /** The owner of the schema, for migrations; without it DATABASE_URL serves both. */
  DATABASE_MIGRATION_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: whole(1, 500).default(10),
  /** A Redis with maxmemory-policy noeviction for the queue; without it the queue lives in PostgreSQL. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Jobs one process works on at a time. */
  JOB_CONCURRENCY: whole(1, 64).default(2),
  /** Seals secrets and personal data at rest: 32 bytes in base64. Without it one is made in DATA_DIR (not in production). */
  SEALING_KEY: z.string().optional(),
  /** Other keys that only open, comma-separated: former ones until `secrets rotate` has left nothing under them. */
  SEALING_KEYS_READ: z.string().default('').transform(list),
  /** The address people and banks reach us at, for links, cookies and signatures; default from HOST and PORT. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Proxies in front of us whose X-Forwarded-* is believed, comma-separated addresses or networks. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform(list)
    .refine((entries) => entries.every(isNetwork)),
  /** Bearer token for /metrics; without it only the machine itself may read them. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Requests a minute from one address that shows neither cookie nor signature (docs/decisions/0023). */
  RATE_ANONYMOUS: whole(1, 100_000_000).default(300),
  /** Requests a minute from one address, whatever it shows. */
  RATE_ADDRESS: whole(1, 100_000_000).default(6_000),
  /** Requests a minute of one session. */
  RATE_SESSION: whole(1, 100_000_000).default(600),
  /** Requests a minute with one key of a bank. */
  RATE_BANK_KEY: whole(1, 100_000_000).default(3_000),
  /** Connections at a time, of all and of one address; proxies of TRUSTED_PROXIES count for all only. */
  MAX_CONNECTIONS: whole(1, 1_000_000).default(4_000),
  MAX_CONNECTIONS_PER_ADDRESS: whole(1, 1_000_000).default(256),
  /** A body that brings less than 1 KiB/s over this many seconds is cut off. */
  SLOW_BODY_SECONDS: whole(1, 600).default(10),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** How many days back a submission may reach (bank-contract §1). */
  SUBMISSION_HORIZON_DAYS: whole(1, 36_500).default(400),
  /**
   * Whether people who decide, manage or reveal must have a second factor before they can work: `required`, or
   * `offered` to everybody; default required, offered in the demo.
   */
  SECOND_FACTOR: z.enum(['required', 'offered']).optional(),
  /** Marks every page and print as demo data; set by `npm run demo`. */
  DEMO: z.stringbool().default(false),
  /** The server that takes our letters, and who they come from; without both, one-time links are only shown. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().max(200).regex(MAIL_FROM).optional(),
  /** The province's own identity service (OpenID Connect), where people may sign in too; all three or none. */
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().max(200).optional(),
  OIDC_CLIENT_SECRET: z.string().max(500).optional(),
  /** What its button says. */
  OIDC_LABEL: z.string().max(60).optional(),
  /** Values of `amr` or `acr` by which the service says that it asked for a second factor; without: never believed. */
  OIDC_MFA: z.string().default('').transform(list),
});

/** Names that are of use only together. */
const TOGETHER = [
  ['SMTP_URL', 'MAIL_FROM'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
] as const;

const envSchema = namesSchema.superRefine((values, context) => {
  const refuse = (name: Name) => context.addIssue({ code: 'custom', path: [name] });
  for (const group of TOGETHER) {
    const absent = group.filter((name) => values[name] === undefined);
    if (absent.length < group.length) absent.forEach(refuse);
  }
  if (values.NODE_ENV === 'production' && values.OIDC_ISSUER?.startsWith('http:')) refuse('OIDC_ISSUER');
});

type Name = keyof typeof namesSchema.shape;

/** What a value must be, for whoever set it wrong. */
const MUST_BE: Partial<Record<Name, Bilingual>> = {
  NODE_ENV: oneOf('production, development, test'),
  PORT: between(0, 65_535),
  DATABASE_URL: oneOf('postgres://user:password@host:port/database'),
  DATABASE_MIGRATION_URL: oneOf('postgres://user:password@host:port/database'),
  DATABASE_POOL_SIZE: between(1, 500),
  REDIS_URL: oneOf('redis://host:port, rediss://host:port'),
  JOB_CONCURRENCY: between(1, 64),
  PUBLIC_URL: oneOf('http://host, https://host'),
  TRUSTED_PROXIES: { vi: 'phải là các địa chỉ IP hoặc mạng (10.0.0.0/8)', en: 'must be IP addresses or networks' },
  METRICS_TOKEN: { vi: 'phải có ít nhất 16 ký tự', en: 'must have at least 16 characters' },
  RATE_ANONYMOUS: between(1, 100_000_000),
  RATE_ADDRESS: between(1, 100_000_000),
  RATE_SESSION: between(1, 100_000_000),
  RATE_BANK_KEY: between(1, 100_000_000),
  MAX_CONNECTIONS: between(1, 1_000_000),
  MAX_CONNECTIONS_PER_ADDRESS: between(1, 1_000_000),
  SLOW_BODY_SECONDS: between(1, 600),
  LOG_LEVEL: oneOf('fatal, error, warn, info, debug, trace, silent'),
  SUBMISSION_HORIZON_DAYS: between(1, 36_500),
  SECOND_FACTOR: oneOf('required, offered'),
  DEMO: oneOf('true, false'),
  SMTP_URL: {
    vi: 'phải có dạng smtp://người-dùng:mật-khẩu@máy-chủ:cổng hoặc smtps://…, và đi cùng MAIL_FROM',
    en: 'must be smtp://user:password@host:port or smtps://…, and come with MAIL_FROM',
  },
  MAIL_FROM: {
    vi: 'phải có dạng tên@máy-chủ hoặc Tên <tên@máy-chủ>, và đi cùng SMTP_URL',
    en: 'must be name@host or Name <name@host>, and come with SMTP_URL',
  },
  OIDC_ISSUER: {
    vi: 'phải là https://máy-chủ (http chỉ ngoài production), và đi cùng OIDC_CLIENT_ID, OIDC_CLIENT_SECRET',
    en: 'must be https://host (http outside production only), and come with OIDC_CLIENT_ID, OIDC_CLIENT_SECRET',
  },
  OIDC_CLIENT_ID: {
    vi: 'phải có 1–200 ký tự, và đi cùng OIDC_ISSUER, OIDC_CLIENT_SECRET',
    en: 'must have 1–200 characters, and come with OIDC_ISSUER, OIDC_CLIENT_SECRET',
  },
  OIDC_CLIENT_SECRET: {
    vi: 'phải có 1–500 ký tự, và đi cùng OIDC_ISSUER, OIDC_CLIENT_ID',
    en: 'must have 1–500 characters, and come with OIDC_ISSUER, OIDC_CLIENT_ID',
  },
  OIDC_LABEL: { vi: 'phải ngắn hơn 60 ký tự', en: 'must be shorter than 60 characters' },
};

function between(min: number, max: number): Bilingual {
  return { vi: `phải là số nguyên từ ${min} đến ${max}`, en: `must be a whole number from ${min} to ${max}` };
}

function oneOf(forms: string): Bilingual {
  return { vi: `phải có dạng: ${forms}`, en: `must be one of: ${forms}` };
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
}

/** The province's identity service (OpenID Connect). */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What its button says; the console has a word of its own. */
  readonly label: string | null;
  /** Values of `amr` or `acr` that count as a second factor. */
  readonly mfa: readonly string[];
}

function oidcOf(values: z.infer<typeof envSchema>): OidcSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = values;
  if (!issuer || !clientId || !clientSecret) return undefined;
  return { issuer, clientId, clientSecret, label: values.OIDC_LABEL ?? null, mfa: values.OIDC_MFA };
}

/** Requests a minute (platform/http/rate-limits.ts). */
export interface Rates {
  readonly anonymous: number;
  readonly address: number;
  readonly session: number;
  readonly bankKey: number;
}

/** The validated environment: the one class that knows it. */
export class Env {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly databaseMigrationUrl?: string;
  readonly databasePoolSize: number;
  readonly redisUrl?: string;
  readonly jobConcurrency: number;
  readonly sealingKey?: string;
  readonly sealingKeysRead: string[];
  readonly publicUrl: string;
  readonly trustedProxies: string[];
  readonly metricsToken?: string;
  readonly rates: Rates;
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly slowBodySeconds: number;
  readonly logLevel: string;
  readonly submissionHorizonDays: number;
  readonly secondFactor: 'required' | 'offered';
  readonly demo: boolean;
  /** Where letters go and who they come from; undefined: none are sent. */
  readonly mail?: { readonly url: string; readonly from: string };
  /** The province's identity service; undefined: nobody signs in there, and nothing calls it. */
  readonly oidc?: OidcSettings;

  private constructor(values: z.infer<typeof envSchema>) {
    this.production = values.NODE_ENV === 'production';
    this.host = values.HOST;
    this.port = values.PORT;
    this.dataDir = values.DATA_DIR;
    this.databaseUrl = values.DATABASE_URL;
    this.databaseMigrationUrl = values.DATABASE_MIGRATION_URL;
    this.databasePoolSize = values.DATABASE_POOL_SIZE;
    this.redisUrl = values.REDIS_URL;
    this.jobConcurrency = values.JOB_CONCURRENCY;
    this.sealingKey = values.SEALING_KEY;
    this.sealingKeysRead = values.SEALING_KEYS_READ;
    this.publicUrl = (values.PUBLIC_URL ?? `http://${values.HOST}:${values.PORT}`).replace(/\/+$/, '');
    this.trustedProxies = values.TRUSTED_PROXIES;
    this.metricsToken = values.METRICS_TOKEN;
    this.rates = {
      anonymous: values.RATE_ANONYMOUS,
      address: values.RATE_ADDRESS,
      session: values.RATE_SESSION,
      bankKey: values.RATE_BANK_KEY,
    };
    this.maxConnections = values.MAX_CONNECTIONS;
    this.maxConnectionsPerAddress = values.MAX_CONNECTIONS_PER_ADDRESS;
    this.slowBodySeconds = values.SLOW_BODY_SECONDS;
    this.logLevel = values.LOG_LEVEL;
    this.submissionHorizonDays = values.SUBMISSION_HORIZON_DAYS;
    this.secondFactor = values.SECOND_FACTOR ?? (values.DEMO ? 'offered' : 'required');
    this.demo = values.DEMO;
    this.mail = values.SMTP_URL && values.MAIL_FROM ? { url: values.SMTP_URL, from: values.MAIL_FROM } : undefined;
    this.oidc = oidcOf(values);
  }

  /**
   * Empty values count as unset, so that a line of an example file may stay as it is.
   * @throws StartupError `environment_invalid` that names every wrong variable and what it must be, never its value
   */
  static read(source: Readonly<Record<string, string | undefined>> = process.env): Env {
    const given = Object.fromEntries(Env.names().map((name) => [name, source[name] || undefined]));
    const parsed = envSchema.safeParse(given);
    const faults = parsed.success ? faultsInProduction(parsed.data) : faultsOfShape(parsed.error);
    if (parsed.success && faults.length === 0) return new Env(parsed.data);
    const wrong = (language: keyof Bilingual): string =>
      faults.map(([name, must]) => `${name} ${must[language]}`).join('; ');
    throw new StartupError('environment_invalid', {
      vi: `Biến môi trường sai: ${wrong('vi')}. Xem docker/.env.example.`,
      en: `Wrong environment: ${wrong('en')}. See docker/.env.example.`,
    });
  }

  /** The names an operator may set, for the test that keeps docker/.env.example complete. */
  static names(): string[] {
    return Object.keys(namesSchema.shape);
  }
}

type Fault = readonly [name: string, must: Bilingual];

function faultsOfShape({ issues }: z.ZodError): Fault[] {
  const names = [...new Set(issues.map((issue) => issue.path[0] as Name))];
  return names.map((name) => [name, MUST_BE[name] ?? { vi: '?', en: '?' }]);
}

function faultsInProduction(values: z.infer<typeof envSchema>): Fault[] {
  return values.NODE_ENV === 'production' ? productionFaults(values) : [];
}
