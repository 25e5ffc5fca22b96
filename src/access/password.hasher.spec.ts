import { parseOptions } from '@node-rs/argon2';
import { RandomIds } from '../kernel/ids';
import { PasswordQueueFull } from './access.errors';
import { HASHES_AT_ONCE, HASHES_WAITING, PasswordHasher } from './password.hasher';

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher(new RandomIds());

  it('makes argon2id with 19 MiB and two passes', async () => {
    const phc = await hasher.hash('bảy con mèo ngủ trưa');
    expect(phc).toMatch(/^\$argon2id\$v=19\$/);
    expect(parseOptions(phc)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  });

  it.each([
    ['the right one', 'bảy con mèo ngủ trưa', true],
    ['another one', 'bảy con mèo ngủ trưA', false],
  ])('matches %s: %s', async (_name, typed, right) => {
    expect(await hasher.matches(typed, await hasher.hash('bảy con mèo ngủ trưa'))).toBe(right);
  });

  it('without a hash says no, after checking one of the same cost', async () => {
    expect(await hasher.matches('bảy con mèo ngủ trưa', null)).toBe(false);
    expect(parseOptions(await hasher.dummyHash())).toMatchObject({ memoryCost: 19_456, timeCost: 2 });
  });

  it('lets a few work and some wait, refuses the rest, and serves again afterwards', async () => {
    const crowd = await Promise.allSettled(Array.from({ length: 50 }, () => hasher.matches('x', null)));
    const refused = crowd.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(50 - HASHES_AT_ONCE - HASHES_WAITING);
    expect(refused.every(({ reason }) => reason instanceof PasswordQueueFull)).toBe(true);
    expect(await hasher.matches('x', null)).toBe(false);
  });
});
