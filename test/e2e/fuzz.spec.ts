import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { Operation } from '../../src/platform/http/operation.decorator';
import { fuzzApi } from '../fuzz/fuzz-api';
import { startTestApp, type TestApp } from './app';

/** A few per operation, the same at every run; `npm run -s fuzz` sends two thousand of another seed. */
const SEED = 20_261_122;
const RUNS = 10;

/** What a hurried colleague might add: the document says what it takes, and nobody looks. */
@Controller('api/v1/careless')
class CarelessController {
  @Post()
  @ApiBody({
    schema: { type: 'object', properties: { age: { type: 'integer', minimum: 0, example: 7 } }, required: ['age'] },
  })
  @Operation({ id: 'careless', summary: 'Takes anything', audience: 'staff', permission: 'self', status: 204 })
  take(@Body() _body: unknown): void {
    return undefined;
  }
}

/** Some seconds; a shared machine may be busy. */
jest.setTimeout(90_000);

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false, controllers: [CarelessController] });
});
afterAll(() => testApp.stop());

it('no operation takes what the document does not allow, and none falls over it', async () => {
  const { operations } = await fuzzApi(testApp, { runs: RUNS, seed: SEED });
  const others = operations.filter(({ id }) => id !== 'careless');
  expect(others.filter(({ finding }) => finding !== null)).toEqual([]);
  expect(others.every(({ requests }) => requests === RUNS)).toBe(true);
  expect(others.length).toBeGreaterThan(50);
  expect(operations.find(({ id }) => id === 'careless')?.finding).toMatch(/^taken with 204: POST \/api\/v1\/careless /);
});
