import { killDrill } from '../drills/kill-drill';

/** The same with 20 kills and the sweeper's own recovery: `npm run -s drill`. */
it('killed in the middle of its work: the totals are what was answered 2xx', async () => {
  const report = await killDrill({ kills: 4, seed: 40_404, recovery: 'at once' });
  expect(report.proofs.filter(({ ok }) => !ok)).toEqual([]);
  expect(report.found).toEqual(report.expected);
  expect(report.wrongReferences).toEqual([]);
  expect(report.killsWhilePosting + report.killsWhileReceiving).toBeGreaterThan(0);
}, 120_000);
