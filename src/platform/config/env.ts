import { z } from 'zod';
import { StartupError } from '../startup-error';

const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().min(1);
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be postgres://user:password@host:port/database',
});
const blankAsUnset = (value: unknown): unknown => (value === '' ? undefined : value);

/** Every name the program reads from its environment; `docker/.env.example` lists the same names. */
const envSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  /** Where the embedded database, its password and the sealing key live. */
  DATA_DIR: z.string().default('.data'),
  /** An own PostgreSQL 15 or newer; without it the embedded one is started in DATA_DIR. */
  DATABASE_URL: postgresUrl.optional(),
  /** The owner of the schema, for migrations; without it DATABASE_URL serves both. */
  DATABASE_MIGRATION_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: count.max(500).default(10),
  /** A Redis with maxmemory-policy noeviction for the queue; without it the queue lives in PostgreSQL. */
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be redis://host:port' }).optional(),
  /** Jobs one process works on at a time. */
  JOB_CONCURRENCY: count.max(64).default(2),
  /** Seals bank secrets at rest: 32 bytes in base64. Without it a key is made in DATA_DIR (not in production). */
  SEALING_KEY: z.string().optional(),
  /** The address people and banks reach us at, for links, cookies and signatures; default from HOST and PORT. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be http(s)://host' }).optional(),
  /** Proxies in front of us whose X-Forwarded-* is believed, comma-separated addresses or networks. */
  TRUSTED_PROXIES: z.string().default(''),
  /** Bearer token for /metrics; without it only the machine itself may read them. */
  METRICS_TOKEN: z.string().min(16).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** How many days back a submission may reach (bank-contract §1). */
  SUBMISSION_HORIZON_DAYS: count.max(36_500).default(400),
  /** Marks every page and print as demo data; set by `npm run demo`. */
  DEMO: z.stringbool().default(false),
});

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
    this.trustedProxies = values.TRUSTED_PROXIES.split(',')
      .map((entry) => entry.trim())
      .filter(Boolean);
    this.metricsToken = values.METRICS_TOKEN;
    this.logLevel = values.LOG_LEVEL;
    this.submissionHorizonDays = values.SUBMISSION_HORIZON_DAYS;
    this.demo = values.DEMO;
  }

  /** @throws StartupError `environment_invalid` that names every wrong variable and what it must be. */
  static read(source: Readonly<Record<string, string | undefined>> = process.env): Env {
    const names = Object.keys(envSchema.shape);
    const given = Object.fromEntries(names.map((name) => [name, blankAsUnset(source[name])]));
    const parsed = envSchema.safeParse(given);
    if (!parsed.success) {
      const wrong = parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`).join('; ');
      throw new StartupError('environment_invalid', {
        vi: `Biến môi trường sai: ${wrong}. Xem docker/.env.example.`,
        en: `Wrong environment: ${wrong}. See docker/.env.example.`,
      });
    }
    return new Env(parsed.data);
  }

  /** The names an operator may set, for the test that keeps docker/.env.example complete. */
  static names(): string[] {
    return Object.keys(envSchema.shape);
  }
}
