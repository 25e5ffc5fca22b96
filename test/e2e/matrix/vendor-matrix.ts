import { signInAs } from '../console-client';
import { answerOf, type Answer } from '../answers';
import type { TestApp } from '../app';
import type { MatrixReport } from './matrix';
import { type Call, callOf, NOWHERE, operationsOf } from './operations';
import { makeWorld } from './world';

/** Every operation for vendors, as one vendor calls it by the own link with another's ids. */
export async function walkVendors(testApp: TestApp): Promise<MatrixReport> {
  const place = { provinceCode: '92', communeCode: '31510' };
  const [own, other] = [await makeWorld(testApp, 'VENDOROWN', place), await makeWorld(testApp, 'VENDOROTHER', place)];
  const officer = await signInAs(testApp);
  const { body } = await officer.post(`/api/v1/vendors/${own.vendorId}/links`);
  const token = (body.link as unknown as string).split('#')[1] ?? '';
  const send = async ({ method, path, body: sent }: Call): Promise<Answer> =>
    answerOf(
      await fetch(testApp.url + path, {
        method,
        headers: { 'x-vendor-link': token, 'content-type': 'application/json' },
        ...(method !== 'GET' && { body: JSON.stringify(sent ?? {}) }),
      }),
    );
  const findings: string[] = [];
  const operations = operationsOf(testApp).filter(({ audience }) => audience === 'vendor');
  let calls = 0;
  for (const operation of operations) {
    calls += 3;
    const mine = await send(callOf(operation, own, own));
    const [foreign, absent] = [await send(callOf(operation, other, own)), await send(callOf(operation, NOWHERE, own))];
    if (mine.status >= 300) findings.push(`${operation.id}: own answered ${mine.status}`);
    if (operation.path.includes('{') && (foreign.status !== 404 || absent.status !== 404)) {
      findings.push(`${operation.id}: foreign answered ${foreign.status}, absent ${absent.status}`);
    }
    const text = mine.bytes.toString() + (operation.path.includes('{') ? '' : foreign.bytes.toString());
    findings.push(
      ...other.traces.filter((trace) => text.includes(trace)).map((trace) => `${operation.id} tells of ${trace}`),
    );
  }
  return { operations: operations.length, calls, findings };
}
