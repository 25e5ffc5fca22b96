import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { asPresentActor } from '../platform/actor';
import { Database } from '../platform/db/database';
import { CURSOR_PART, decodeCursor, type Page, pageOf } from '../platform/http/page';
import { csvLine, UTF8_MARK } from '../platform/lists/csv-line';
import {
  AuditEntriesQueries,
  type EntryFilter,
  type EntryRow,
  type Names,
  type WholeEntryRow,
} from './audit-entries.queries';
import { AuditEntryNotFound } from './audit.errors';
import type { AuditEntriesQuery, AuditEntry, AuditEntryRow, AuditFilters } from './audit.schema';
import { AuditService } from './audit.service';

const ENTRY_ID = /^[1-9][0-9]{0,17}$/;
const EXPORT_PAGE = 1_000;
const EXPORT_HEAD = [
  'id',
  'at',
  'actorKind',
  'actorId',
  'actorName',
  'action',
  'subjectType',
  'subjectId',
  'subjectName',
  'reason',
  'before',
  'after',
  'address',
  'traceId',
  'position',
  'hash',
];

/** What auditors read of the trail: row-level security keeps it to their province. */
@Injectable()
export class AuditTrailService {
  constructor(
    private readonly database: Database,
    private readonly queries: AuditEntriesQueries,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws CursorInvalid */
  list({ cursor, limit, ...filter }: AuditEntriesQuery): Promise<Page<AuditEntryRow>> {
    const after = decodeCursor(cursor, [CURSOR_PART.bigint]);
    return this.database.read(async (tx) => {
      const rows = await this.queries.list(tx, filter, after?.[0], limit);
      // A first page that is not full is all there is: what is hard to find is looked for once.
      const isAll = !after && rows.length <= limit;
      const total = isAll ? rows.length : await this.queries.count(tx, filter);
      const names = await this.queries.names(tx, rows);
      const key = (row: EntryRow): string[] => [row.id.toString()];
      return pageOf(rows, { limit, total, key, item: (row) => rowOf(row, names) });
    });
  }

  /** @throws AuditEntryNotFound */
  entry(id: string): Promise<AuditEntry> {
    return this.database.read(async (tx) => {
      const row = ENTRY_ID.test(id) ? await this.queries.find(tx, BigInt(id)) : undefined;
      if (!row) throw new AuditEntryNotFound();
      const { before, after } = row;
      return { ...rowOf(row, await this.queries.names(tx, [row])), before, after, seal: sealOf(row) };
    });
  }

  /** Everything that is filtered as CSV, newest first. That somebody took it away is an entry too. */
  async export(filter: AuditFilters): Promise<{ readonly name: string; readonly content: Readable }> {
    await this.database.write((tx) =>
      this.audit.record(tx, { action: 'audit_exported', subjectType: 'audit', subjectId: 'export', after: filter }),
    );
    const lines = asPresentActor(this.exportLines(filter));
    return { name: `nhat-ky-${this.clock.today()}.csv`, content: Readable.from(lines, { objectMode: false }) };
  }

  /** A page in each short transaction, however slowly the reader reads. */
  private async *exportLines(filter: EntryFilter): AsyncGenerator<string, void, undefined> {
    yield UTF8_MARK + csvLine(EXPORT_HEAD);
    for (let before: bigint | undefined, more = true; more;) {
      const page = await this.database.read(async (tx) => {
        const rows = await this.queries.export(tx, filter, before, EXPORT_PAGE);
        return { rows, names: await this.queries.names(tx, rows) };
      });
      yield page.rows.map((row) => csvLine(cellsOf(row, page.names))).join('');
      more = page.rows.length === EXPORT_PAGE;
      before = page.rows.at(-1)?.id;
    }
  }
}

function rowOf(row: EntryRow, names: Names): AuditEntryRow {
  const { actorKind, actorId, subjectType, subjectId, action, reason, address, traceId } = row;
  return {
    id: row.id.toString(),
    at: row.at.toISOString(),
    actor: { kind: actorKind, id: actorId, name: names.get(actorId) ?? null },
    action,
    subject: { type: subjectType, id: subjectId, name: names.get(subjectId) ?? null },
    reason,
    address,
    traceId,
  };
}

function sealOf({ position, hash, sealedAt }: WholeEntryRow): AuditEntry['seal'] {
  if (!position || !hash || !sealedAt) return null;
  return { position: position.toString(), hash: hash.toString('hex'), sealedAt: sealedAt.toISOString() };
}

function cellsOf(row: WholeEntryRow, names: Names): string[] {
  const { id, at, actor, action, subject, reason, address, traceId } = rowOf(row, names);
  const [before, after] = [row.before, row.after].map((value) => value && JSON.stringify(value));
  const seal = sealOf(row);
  const cells = [id, at, actor.kind, actor.id, actor.name, action, subject.type, subject.id, subject.name, reason];
  return [...cells, before, after, address, traceId, seal?.position, seal?.hash].map((cell) => cell ?? '');
}
