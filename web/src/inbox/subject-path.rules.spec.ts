import { subjectPath } from './subject-path.rules';

it.each([
  ['account_change', 'stall', 'CHO7K2M9QX1', '92ST041', '/markets/92ST041/stalls/CHO7K2M9QX1'],
  ['mass_reissue', 'market', '92ST041', '92ST041', '/markets/92ST041/cards'],
  ['launch_override', 'market', '92ST041', '92ST041', '/markets/92ST041/launch'],
  ['market_merge', 'market', '92ST041', '92ST041', '/markets/92ST041'],
  ['anything', 'submission', '0190', null, '/submissions/0190'],
  ['role_grant', 'staff', '0190', null, '/people/0190'],
  ['bank_key_issue', 'bank', '970436', null, '/bank-clients/970436'],
  ['anything', 'somebody', '0190', null, null],
  ['account_change', 'stall', 'CHO7K2M9QX1', null, null],
])('%s of a %s opens its page', (kind, subjectType, subjectId, marketCode, path) => {
  expect(subjectPath({ kind, subjectType, subjectId, marketCode })).toBe(path);
});
