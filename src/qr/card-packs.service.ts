import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { DomainError } from '../kernel/errors';
import { Ids } from '../kernel/ids';
import { Database } from '../platform/db/database';
import { StoredFiles } from '../platform/files/stored-files';
import { currentActor } from '../platform/actor';
import { CURSOR_PART, decodeCursor, type Page, pageOf } from '../platform/http/page';
import { JobQueue } from '../platform/queue/job-queue';
import { BytesSink } from './bytes-sink';
import type { CardFace } from './card-face';
import { CardPacksRepository, type PackLayout, type PackProgress, type PackRow } from './card-packs.repository';
import { writeCardPdf } from './card-pdf';
import { QrIssuesService } from './qr-issues.service';
import { CardPackGivenUp, CardPackNotFound, CardPackNotReady, NothingToPrint } from './qr.errors';
import type { CardPack, PacksQuery } from './qr.schema';
import { checkSheet } from './sheet-check';
import { A4_SHEET, A6_CARD, type SheetLayout } from './sheet-layout';

const LAYOUTS: Readonly<Record<PackLayout, SheetLayout>> = { a4_sheet: A4_SHEET, a6_card: A6_CARD };
const UUID = CURSOR_PART.uuid;
/** A job that has not been heard of for this long is dead, and another may take its pack over. */
export const SILENT_AFTER_MS = 30_000;
/** What cannot be made within this time will not be made by trying again. */
export const GIVE_UP_AFTER_MS = 30 * 60_000;
/** A province's largest market makes some megabytes. */
const STORE_LIMITS = { limitMs: 20_000 };
/** How often progress reaches the row: often enough to look alive, rare enough to cost nothing. */
const PROGRESS_EVERY = 40;

/** Print files of a market: made by a job, released only when every code on them was read back and is right. */
@Injectable()
export class CardPacksService {
  constructor(
    private readonly database: Database,
    private readonly packs: CardPacksRepository,
    private readonly issues: QrIssuesService,
    private readonly files: StoredFiles,
    private readonly queue: JobQueue,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Asks for a pack of all active codes. @throws QrMarketNotFound, NothingToPrint */
  async request(marketCode: string, layout: PackLayout): Promise<CardPack> {
    const id = this.ids.uuid();
    const pack = await this.database.write(async (tx) => {
      const market = await this.issues.market(tx, marketCode);
      const { length: total } = await this.issues.printable(tx, market.id);
      if (total === 0) throw new NothingToPrint();
      const by = currentActor().id;
      await this.packs.insert(tx, { id, marketId: market.id, layout, total, by, at: this.clock.now() });
      await this.audit.record(tx, {
        action: 'card_pack_requested',
        subjectType: 'market',
        subjectId: market.code,
        after: { pack: id, layout, cards: total },
      });
      return this.packs.find(tx, id);
    });
    await this.queue.ring('make-card-pack', { packId: id });
    return packOf(pack as PackRow);
  }

  /** @throws CardPackNotFound */
  async find(id: string): Promise<CardPack> {
    return packOf(await this.mustFind(id));
  }

  /** @throws QrMarketNotFound, CursorInvalid */
  list(marketCode: string, query: PacksQuery): Promise<Page<CardPack>> {
    const after = decodeCursor(query.cursor, [CURSOR_PART.instant, CURSOR_PART.uuid]);
    return this.database.read(async (tx) => {
      const market = await this.issues.market(tx, marketCode);
      const total = await this.packs.count(tx, market.id);
      const rows = await this.packs.list(tx, market.id, after, query.limit);
      const key = (row: PackRow): string[] => [row.requestedAt.toISOString(), row.id];
      return pageOf(rows, { limit: query.limit, total, key, item: packOf });
    });
  }

  /** A finished pack stays; cancelling it again changes nothing. @throws CardPackNotFound */
  async cancel(id: string): Promise<CardPack> {
    const pack = await this.mustFind(id);
    await this.database.write(async (tx) => {
      if (!(await this.packs.cancel(tx, id, this.clock.now()))) return;
      const { marketCode: subjectId } = pack;
      await this.audit.record(tx, {
        action: 'card_pack_cancelled',
        subjectType: 'market',
        subjectId,
        after: { pack: id },
      });
    });
    return this.find(id);
  }

  /** @throws CardPackNotFound, CardPackNotReady */
  async file(id: string): Promise<{ name: string; byteCount: bigint; fileId: string }> {
    const { fileId, fileName, byteCount } = await this.mustFind(id);
    if (fileId === null || fileName === null || byteCount === null) throw new CardPackNotReady();
    return { fileId, name: fileName, byteCount };
  }

  /**
   * Makes a pack: draws, rasterises, reads back, stores. Safe to call any number of times; a worker that died is
   * replaced once it has been silent for a while.
   * @param stopping aborted when the process ends: the pack is left for another worker
   */
  async make(id: string, stopping: AbortSignal): Promise<{ state: string; cards: number }> {
    const now = this.clock.now();
    const silentSince = new Date(now.getTime() - SILENT_AFTER_MS);
    const claimed = await this.database.write((tx) => this.packs.claim(tx, id, now, silentSince));
    if (!claimed) return { state: 'nothing_to_do', cards: 0 };
    try {
      return await this.makeClaimed(await this.mustFind(id), stopping);
    } catch (error) {
      if (error instanceof PackStopped) return { state: error.reason, cards: 0 };
      return this.endBadly(id, error);
    }
  }

  /** Packs that were asked for and are not being made by anybody. */
  forgotten(limit: number): Promise<{ id: string }[]> {
    const before = new Date(this.clock.now().getTime() - SILENT_AFTER_MS);
    return this.database.read((tx) => this.packs.forgotten(tx, before, limit));
  }

  private async makeClaimed(pack: PackRow, stopping: AbortSignal): Promise<{ state: string; cards: number }> {
    const startedAt = pack.startedAt ?? this.clock.now();
    if (this.clock.now().getTime() - startedAt.getTime() > GIVE_UP_AFTER_MS) throw new CardPackGivenUp();
    const faces = await this.database.write((tx) => this.issues.printable(tx, pack.marketId));
    if (faces.length === 0) throw new NothingToPrint();
    const { length: total } = faces;
    const report = (phase: PackProgress['phase'], done: number): Promise<void> =>
      this.report(pack.id, { phase, done, total }, stopping);
    const bytes = await this.draw(pack, faces, (done) => report('drawing', done));
    await report('checking', 0);
    await checkSheet(bytes, faces, LAYOUTS[pack.layout], (done) => report('checking', done));
    return { state: await this.release(pack, bytes), cards: total };
  }

  /** A refusal of ours will not go away by itself; anything else is tried again by the queue, perhaps elsewhere. */
  private async endBadly(id: string, error: unknown): Promise<{ state: string; cards: number }> {
    if (error instanceof DomainError && error.kind !== 'unavailable') {
      const { code, text } = error;
      await this.database.write((tx) => this.packs.fail(tx, id, code, text.vi, this.clock.now()));
      return { state: 'failed', cards: 0 };
    }
    // Without this the pack waits until its silence is noticed; with the database away there is no other way.
    await this.database.write((tx) => this.packs.release(tx, id)).catch(() => undefined);
    throw error;
  }

  private async draw(
    pack: PackRow,
    faces: readonly CardFace[],
    report: (done: number) => Promise<void>,
  ): Promise<Buffer> {
    async function* reported(): AsyncGenerator<CardFace, void, undefined> {
      for (const [done, face] of faces.entries()) {
        if (done % PROGRESS_EVERY === 0) await report(done);
        yield face;
      }
    }
    const out = new BytesSink();
    const title = `Thẻ QR ${pack.marketName} (${pack.marketCode})`;
    await writeCardPdf(reported(), LAYOUTS[pack.layout], { title, createdAt: pack.requestedAt }, out);
    return out.bytes();
  }

  /** @throws PackStopped when it was cancelled, and the signal's reason when the process ends */
  private async report(id: string, progress: PackProgress, stopping: AbortSignal): Promise<void> {
    stopping.throwIfAborted();
    const running = await this.database.write((tx) => this.packs.progress(tx, id, progress, this.clock.now()));
    if (!running) throw new PackStopped('cancelled');
  }

  private release(pack: PackRow, bytes: Buffer): Promise<string> {
    const name = `the-qr-${pack.marketCode}-${pack.layout}-${pack.requestedAt.toISOString().slice(0, 10)}.pdf`;
    return this.database.write(async (tx) => {
      const fileId = await this.files.store(tx, { name, contentType: 'application/pdf', bytes });
      if (!(await this.packs.finish(tx, pack.id, fileId, this.clock.now()))) throw new PackStopped('cancelled');
      return 'done';
    }, STORE_LIMITS);
  }

  private async mustFind(id: string): Promise<PackRow> {
    const row = UUID.test(id) ? await this.database.read((tx) => this.packs.find(tx, id)) : undefined;
    if (!row) throw new CardPackNotFound();
    return row;
  }
}

class PackStopped extends Error {
  constructor(readonly reason: 'cancelled') {
    super(reason);
  }
}

function packOf(row: PackRow): CardPack {
  const { marketId: _marketId, marketName: _marketName, fileId: _fileId, ...rest } = row;
  return {
    ...rest,
    byteCount: row.byteCount?.toString() ?? null,
    requestedAt: row.requestedAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
