import { AuditService } from '../../src/audit/audit.service';
import { ManualClock } from '../../src/kernel/clock';
import { RandomIds } from '../../src/kernel/ids';
import { AdministrativeUnitsRepository } from '../../src/markets/administrative-units.repository';
import { AdministrativeUnitsService } from '../../src/markets/administrative-units.service';
import { MarketsRepository } from '../../src/markets/markets.repository';
import { MarketsService } from '../../src/markets/markets.service';
import { StallsRepository } from '../../src/markets/stalls.repository';
import { StallsService } from '../../src/markets/stalls.service';
import type { Tx } from '../../src/platform/db/database';
import { type Actor, runAs } from '../../src/platform/http/actor';
import { createTestDatabase } from '../database/test-database';

/** 22 November 2026, 09:00 in Vietnam. */
export const NOW = new Date('2026-11-22T02:00:00.000Z');

export const OFFICER: Actor = { kind: 'staff', id: '019a0000-0000-7000-8000-000000000001' };
export const COLLEAGUE: Actor = { kind: 'staff', id: '019a0000-0000-7000-8000-000000000002' };

/** The register's services wired by hand on a database of the test's own, everything done by {@link OFFICER}. */
export async function openRegister() {
  const testDatabase = await createTestDatabase();
  const { database } = testDatabase;
  const clock = new ManualClock(NOW);
  const ids = new RandomIds();
  const audit = new AuditService(clock);
  const units = new AdministrativeUnitsService(database, new AdministrativeUnitsRepository(), clock);
  const markets = new MarketsService(database, new MarketsRepository(), units, audit, clock, ids);
  const stalls = new StallsService(database, new StallsRepository(), markets, audit, clock, ids);
  const act = <T>(work: () => Promise<T>, actor: Actor = OFFICER): Promise<T> => runAs(actor, work);
  const save = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.write(work);
  const drop = (): Promise<void> => testDatabase.drop();
  return { database, drop, clock, ids, audit, units, markets, stalls, act, save };
}

export type Register = Awaited<ReturnType<typeof openRegister>>;
