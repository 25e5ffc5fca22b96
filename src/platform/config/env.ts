import { z } from 'zod';
import type { Bilingual } from '../../kernel/errors';
import { StartupError } from '../startup-error';
import { isNetwork } from './networks';

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^[0-9]{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(min).max(max));
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

/** Every name the program reads from its environment; `docker/.env.example` lists the same names. */
const envSchema = z.object({
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
  /** Seals bank secrets at rest: 32 bytes in base64. Without it a key is made in DATA_DIR (not in production). */
  SEALING_KEY: z.string().optional(),
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
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** How many days back a submission may reach (bank-contract §1). */
  SUBMISSION_HORIZON_DAYS: whole(1, 36_500).default(400),
  /** Marks every page and print as demo data; set by `npm run demo`. */
  DEMO: z.stringbool().default(false),
});

type Name = keyof typeof envSchema.shape;

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
  LOG_LEVEL: oneOf('fatal, error, warn, info, debug, trace, silent'),
  SUBMISSION_HORIZON_DAYS: between(1, 36_500),
  DEMO: oneOf('true, false'),
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
  readonly publicUrl: string;
  readonly trustedProxies: string[];
  readonly metricsToken?: string;
  readonly logLevel: string;
  readonly submissionHorizonDays: number;
  readonly demo: boolean;

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
    this.publicUrl = (values.PUBLIC_URL ?? `http://${values.HOST}:${values.PORT}`).replace(/\/+$/, '');
    this.trustedProxies = values.TRUSTED_PROXIES;
    this.metricsToken = values.METRICS_TOKEN;
    this.logLevel = values.LOG_LEVEL;
    this.submissionHorizonDays = values.SUBMISSION_HORIZON_DAYS;
    this.demo = values.DEMO;
  }

  /**
   * Empty values count as unset, so that a line of an example file may stay as it is.
   * @throws StartupError `environment_invalid` that names every wrong variable and what it must be, never its value
   */
  static read(source: Readonly<Record<string, string | undefined>> = process.env): Env {
    const given = Object.fromEntries(Env.names().map((name) => [name, source[name] || undefined]));
    const parsed = envSchema.safeParse(given);
    if (parsed.success) return new Env(parsed.data);
    const names = [...new Set(parsed.error.issues.map((issue) => issue.path[0] as Name))];
    const wrong = (language: keyof Bilingual): string =>
      names.map((name) => `${name} ${MUST_BE[name]?.[language] ?? '?'}`).join('; ');
    throw new StartupError('environment_invalid', {
      vi: `Biến môi trường sai: ${wrong('vi')}. Xem docker/.env.example.`,
      en: `Wrong environment: ${wrong('en')}. See docker/.env.example.`,
    });
  }

  /** The names an operator may set, for the test that keeps docker/.env.example complete. */
  static names(): string[] {
    return Object.keys(envSchema.shape);
  }
}
