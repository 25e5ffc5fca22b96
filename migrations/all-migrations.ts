import type { MigrationInterface } from 'typeorm';
import { Register0001 } from './0001-register';
import { Access0002 } from './0002-access';
import { Codes0003 } from './0003-codes';
import { Ledger0004 } from './0004-ledger';
import { Scope0005 } from './0005-scope';
import { Approvals0010 } from './0010-approvals';

/** Every migration in the order it runs. An explicit list: a file that is not named here does not exist. */
export const ALL_MIGRATIONS: (new () => MigrationInterface)[] = [
  Register0001,
  Access0002,
  Codes0003,
  Ledger0004,
  Scope0005,
  Approvals0010,
];
