import type { Bilingual } from '../../kernel/errors';

/** What production judges beside the shape of each value. */
export interface ProductionValues {
  readonly PUBLIC_URL?: string;
  readonly DATABASE_URL?: string;
  readonly DATABASE_MIGRATION_URL?: string;
  readonly METRICS_TOKEN?: string;
}

export type ProductionName = keyof ProductionValues;

/** Names that only ever stand in examples (RFC 2606, RFC 6761). */
const EXAMPLE_HOST = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test)$/;

/** Words that people leave where a secret belongs. */
const PLACEHOLDER =
  /^(?:postgres|postgresql|password|passwd|secret|admin|root|token|default|example|cho40.*|test.*|change.?me.*|change.?this.*|your.*|todo.*|xxx.*|\.\.\.|<.*>|\$\{.*\}|12345.*)$/i;

const MUST_BE: Readonly<Record<ProductionName, Bilingual>> = {
  PUBLIC_URL: {
    vi: 'phải là địa chỉ https:// thật của hệ thống',
    en: 'must be the real https:// address of the system',
  },
  DATABASE_URL: passwordOfItsOwn(),
  DATABASE_MIGRATION_URL: passwordOfItsOwn(),
  METRICS_TOKEN: {
    vi: 'phải là chuỗi ngẫu nhiên (openssl rand -hex 24), hoặc bỏ trống',
    en: 'must be random (openssl rand -hex 24), or not be set',
  },
};

/**
 * What must not stand in production although its shape is right: a public address without TLS or of an example, and
 * secrets that are missing or placeholders (robustness §4). The sealing keys are judged where they are read.
 */
export function productionFaults(values: ProductionValues): [ProductionName, Bilingual][] {
  const faulty: Readonly<Record<ProductionName, boolean>> = {
    PUBLIC_URL: !isPublic(values.PUBLIC_URL),
    // Without an address the embedded server is used, which draws its own passwords.
    DATABASE_URL: values.DATABASE_URL !== undefined && !hasOwnPassword(values.DATABASE_URL),
    DATABASE_MIGRATION_URL:
      values.DATABASE_MIGRATION_URL !== undefined && !hasOwnPassword(values.DATABASE_MIGRATION_URL),
    // Without a token nobody but the machine itself reads the figures: missing is safe.
    METRICS_TOKEN: values.METRICS_TOKEN !== undefined && isPlaceholder(values.METRICS_TOKEN),
  };
  return Object.entries(MUST_BE).filter(([name]) => faulty[name as ProductionName]) as [ProductionName, Bilingual][];
}

/** Whether nobody can have drawn this at random: a word of examples, or a few characters over and over. */
export function isPlaceholder(secret: string): boolean {
  return PLACEHOLDER.test(secret.trim()) || new Set(secret).size < 6;
}

function isPublic(address: string | undefined): boolean {
  if (address === undefined) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' && !EXAMPLE_HOST.test(hostname);
}

function hasOwnPassword(address: string): boolean {
  const { username, password } = new URL(address);
  const [user, secret] = [username, password].map(decoded);
  return secret !== '' && secret !== user && !isPlaceholder(secret ?? '');
}

/** A stray percent sign is the password's own. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function passwordOfItsOwn(): Bilingual {
  return { vi: 'phải có mật khẩu riêng, không phải mật khẩu mẫu', en: 'must carry a password that is no placeholder' };
}
