import type { MigrationInterface } from 'typeorm';

/** Every migration in the order it runs. An explicit list: a file that is not named here does not exist. */
export const ALL_MIGRATIONS: (new () => MigrationInterface)[] = [];
