import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { STAFF_ROLES } from '../../../src/kernel/permissions';
import { withSystemScope } from '../../../src/platform/actor';
import { Database, sql } from '../../../src/platform/db/database';
import { Operation } from '../../../src/platform/http/operation.decorator';
import { startTestApp, type TestApp } from '../app';
import { walkBanks } from './bank-matrix';
import { walkMatrix } from './matrix';
import { walkVendors } from './vendor-matrix';

/** What a hurried colleague might add: it asks for a permission that many have, and forgets whose rows it reads. */
@Controller('api/v1/hurried')
class HurriedController {
  constructor(private readonly database: Database) {}

  @Get()
  @Operation({
    id: 'listHurriedly',
    summary: 'Every market there is',
    audience: 'staff',
    permission: 'market.read',
    answer: z.object({ codes: z.array(z.string()) }),
  })
  list(): Promise<{ codes: string[] }> {
    return withSystemScope(() =>
      this.database.read(async (tx) => {
        const rows = await sql<{ code: string }>(tx, 'SELECT code FROM markets');
        return { codes: rows.map(({ code }) => code) };
      }),
    );
  }
}

/** And this one belongs to nobody the matrix has been told of. */
@Controller('api/v1/unheard-of')
class UnheardOfController {
  @Get(':id')
  @Operation({ id: 'readUnheardOf', summary: 'Something', audience: 'staff', permission: 'market.read' })
  read(): void {
    return undefined;
  }
}

/** More than a thousand requests; a shared machine may be busy. */
jest.setTimeout(120_000);

let testApp: TestApp;
afterEach(() => testApp.stop());

it('no operation leaks to any role, nor is refused to one that may', async () => {
  testApp = await startTestApp({ workers: false });
  const { findings, operations, calls } = await walkMatrix(testApp);
  expect(findings).toEqual([]);
  expect(operations).toBeGreaterThan(50);
  expect(calls).toBeGreaterThan(operations * 7);
});

it('no bank sees anything of another', async () => {
  testApp = await startTestApp({ workers: false });
  const { findings, calls } = await walkBanks(testApp);
  expect(findings).toEqual([]);
  expect(calls).toBeGreaterThan(5);
});

it('no vendor sees anything of another', async () => {
  testApp = await startTestApp({ workers: false });
  const { findings, calls } = await walkVendors(testApp);
  expect(findings).toEqual([]);
  expect(calls).toBeGreaterThan(5);
});

it('a new endpoint that reads past the scope is found', async () => {
  testApp = await startTestApp({ workers: false, controllers: [HurriedController] });
  const { findings } = await walkMatrix(testApp, 'listHurriedly');
  expect(findings.filter((finding) => finding.includes('tells of'))).toHaveLength(STAFF_ROLES.length);
});

it('a new endpoint with an id that nobody has thought about is found', async () => {
  testApp = await startTestApp({ workers: false, controllers: [UnheardOfController] });
  await expect(walkMatrix(testApp, 'readUnheardOf')).rejects.toThrow(
    'does not know whose the id in /api/v1/unheard-of/{id} is',
  );
});
