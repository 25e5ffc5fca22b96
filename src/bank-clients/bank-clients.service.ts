import { Injectable } from '@nestjs/common';
import { Approvals } from '../approvals/approvals.service';
import type { Approval } from '../approvals/approvals.schema';
import { BankAddressesService } from '../banks/bank-addresses.service';
import { PublicKeyNotFitting } from '../banks/bank-key.errors';
import type { BankEnvironment } from '../banks/bank-key.rules';
import { type BankKey, BankKeyService } from '../banks/bank-key.service';
import { readPublicKey } from '../banks/bank-public-key.rules';
import type { BankSigningKey } from '../banks/bank-request-signer';
import type { BankKeyAlg } from '../banks/bank-signature.types';
import { type BankClientRow as Institution, BanksService } from '../banks/banks.service';
import { Clock } from '../kernel/clock';
import { foldText, searchWords } from '../kernel/text';
import { currentActor, currentScope } from '../platform/actor';
import { Database, type Tx } from '../platform/db/database';
import { CursorInvalid, decodeCursor, type Page, pageOf } from '../platform/http/page';
import { BankClientNotFound } from './bank-clients.errors';
import { isCollectable, isInUse, latest } from './bank-clients.rules';
import type {
  BankClient,
  BankClientRow,
  BankClientsQuery,
  BankKeyView,
  IssuedKey,
  LiveKeyInput,
  TestKeyInput,
} from './bank-clients.schema';
import { BankKeyIssue } from './bank-key-issue.kind';
import { SandboxService } from './sandbox.service';

/** Institutions as those see them who look after their keys and the addresses they may call from. */
@Injectable()
export class BankClientsService {
  constructor(
    private readonly database: Database,
    private readonly banks: BanksService,
    private readonly keys: BankKeyService,
    private readonly addresses: BankAddressesService,
    private readonly sandbox: SandboxService,
    private readonly approvals: Approvals,
    private readonly keyIssue: BankKeyIssue,
    private readonly clock: Clock,
  ) {}

  /** Institutions with an agreement or a key, or all of the directory; by name. @throws CursorInvalid */
  list({ q = '', all, cursor, limit }: BankClientsQuery): Promise<Page<BankClientRow>> {
    const [after] = decodeCursor(cursor, 1) ?? [];
    return this.database.read(async (tx) => {
      const words = searchWords(q);
      const rows = (await this.rows(tx)).filter(
        (row) =>
          (all === 'true' || isClient(row)) &&
          words.every((word) => foldText(`${row.bin} ${row.code} ${row.shortName} ${row.legalName}`).includes(word)),
      );
      const start = after === undefined ? 0 : rows.findIndex(({ bin }) => bin === after) + 1;
      if (after !== undefined && start === 0) throw new CursorInvalid();
      const page = rows.slice(start, start + limit + 1);
      return pageOf(page, { limit, total: rows.length, key: ({ bin }) => [bin], item: rowView });
    });
  }

  /** @throws BankClientNotFound */
  read(bin: string): Promise<BankClient> {
    return this.database.read(async (tx) => {
      const { keys, ...institution } = await this.mustFind(tx, bin);
      const addresses = await this.addresses.listsOf(tx, bin);
      return {
        ...institution,
        keys: keys.map((key) => this.keyView(key)),
        addresses: addresses.map(({ environment, networks, version }) => ({
          environment,
          networks: [...networks],
          version,
        })),
      };
    });
  }

  /**
   * A key for tests, by one person's word; the sandbox is brought in for it. The answer is the only place where its
   * secret ever stands.
   * @throws BankNotFound, TooManyBankKeys, PublicKeyInvalid, PrivateKeySent, PublicKeyNotFitting, BankKeyKnown
   */
  async createTestKey(bin: string, { alg, publicKey }: TestKeyInput): Promise<IssuedKey> {
    const own = publicKeyOf(alg, publicKey);
    await this.sandbox.ensure(bin);
    if (!own) return issued(await this.keys.create(bin, alg, 'test'));
    return { keyId: await this.keys.register(bin, own, 'test'), alg, secret: null, privateKey: null };
  }

  /**
   * Asks for a live key; another person decides. Nothing secret is made before it is collected.
   * @throws as {@link createTestKey}, and ApprovalPending
   */
  requestLiveKey(bin: string, { alg, publicKey, reason }: LiveKeyInput): Promise<Approval> {
    const own = publicKeyOf(alg, publicKey);
    const payload = { bin, alg, publicKey: own?.toString('base64') ?? null };
    return this.database.write((tx) =>
      this.approvals.request(tx, this.keyIssue, {
        subject: { type: 'bank', id: bin },
        area: { provinceCode: ownProvince() },
        payload,
        reason,
      }),
    );
  }

  /** @throws BankKeyNotFound, BankKeyNotYours, BankKeyNotCollectable */
  async collect(bin: string, keyId: string): Promise<IssuedKey> {
    return issued(await this.keys.collect(bin, keyId, currentActor().id));
  }

  /** @throws BankKeyNotFound, BankKeyCannotMove */
  move(bin: string, keyId: string, to: 'active' | 'suspended' | 'retired'): Promise<void> {
    return this.keys.move(keyId, to, bin);
  }

  /** @throws BankNotFound, VersionConflict */
  setAddresses(bin: string, environment: BankEnvironment, version: number, networks: readonly string[]): Promise<void> {
    return this.addresses.set(bin, environment, version, networks);
  }

  private async mustFind(tx: Tx, bin: string): Promise<ClientWithKeys> {
    const client = (await this.rows(tx)).find((row) => row.bin === bin);
    if (!client) throw new BankClientNotFound(bin);
    return client;
  }

  /** The directory has 72 rows and a bank at most a handful of keys: everything is read at once. */
  private async rows(tx: Tx): Promise<ClientWithKeys[]> {
    const institutions = await this.banks.clients(tx);
    const keys = await this.keys.all(tx);
    const bins = institutions.map(({ bin }) => bin);
    const pending = await this.approvals.pending(tx, this.keyIssue, 'bank', bins);
    return institutions.map((institution) => ({
      ...institution,
      keys: keys.filter(({ bankBin }) => bankBin === institution.bin),
      pendingApprovalId: pending.get(institution.bin) ?? null,
    }));
  }

  private keyView({ bankBin: _bin, collectBy, ...key }: BankKey): BankKeyView {
    const collectable = isCollectable(key, this.clock.now());
    return {
      ...key,
      createdAt: key.createdAt.toISOString(),
      retiredAt: key.retiredAt?.toISOString() ?? null,
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
      collectUntil: key.state === 'to_collect' ? (key.collectUntil?.toISOString() ?? null) : null,
      mayCollect: collectable && collectBy === currentActor().id,
    };
  }
}

interface ClientWithKeys extends Institution {
  readonly keys: readonly BankKey[];
  readonly pendingApprovalId: string | null;
}

function isClient({ agreedFrom, keys, pendingApprovalId }: ClientWithKeys): boolean {
  return agreedFrom !== null || keys.length > 0 || pendingApprovalId !== null;
}

function rowView({ keys, ...row }: ClientWithKeys): BankClientRow {
  const live = keys.filter(({ environment }) => environment === 'live');
  return {
    ...row,
    liveKeys: live.filter(isInUse).length,
    testKeys: keys.filter((key) => key.environment === 'test' && isInUse(key)).length,
    lastUsedAt: latest(live.map(({ lastUsedAt }) => lastUsedAt))?.toISOString() ?? null,
  };
}

/** @throws PublicKeyNotFitting, PrivateKeySent, PublicKeyInvalid */
function publicKeyOf(alg: BankKeyAlg, text: string | undefined): Buffer | null {
  if (text === undefined) return null;
  if (alg !== 'ed25519') throw new PublicKeyNotFitting();
  return readPublicKey(text);
}

function issued(key: BankSigningKey): IssuedKey {
  return key.alg === 'ed25519'
    ? { keyId: key.keyId, alg: key.alg, secret: null, privateKey: key.privateKey }
    : { keyId: key.keyId, alg: key.alg, secret: key.secret, privateKey: null };
}

/** Whoever may ask is bound to a province (ROLES); its colleagues decide. */
function ownProvince(): string {
  const scope = currentScope();
  const [code] = scope?.kind === 'province' ? scope.codes : [];
  if (code === undefined) throw new Error('live keys are asked for by people of a province');
  return code;
}
