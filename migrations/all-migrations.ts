import type { MigrationInterface } from 'typeorm';
import { Register0001 } from './0001-register';
import { Access0002 } from './0002-access';
import { Codes0003 } from './0003-codes';
import { Ledger0004 } from './0004-ledger';
import { Scope0005 } from './0005-scope';
import { Audit0006 } from './0006-audit';
import { PersonalData0007 } from './0007-personal-data';
import { SecondFactor0008 } from './0008-second-factor';
import { People0009 } from './0009-people';
import { Approvals0010 } from './0010-approvals';
import { BankClients0011 } from './0011-bank-clients';
import { ClosedPeriods0012 } from './0012-closed-periods';
import { LedgerSealing0013 } from './0013-ledger-sealing';
import { Privacy0015 } from './0015-privacy';
import { Hardening0016 } from './0016-hardening';

/** Every migration in the order it runs. An explicit list: a file that is not named here does not exist. */
export const ALL_MIGRATIONS: (new () => MigrationInterface)[] = [
  Register0001,
  Access0002,
  Codes0003,
  Ledger0004,
  Scope0005,
  Audit0006,
  PersonalData0007,
  SecondFactor0008,
  People0009,
  Approvals0010,
  BankClients0011,
  ClosedPeriods0012,
  LedgerSealing0013,
  Privacy0015,
  Hardening0016,
];
