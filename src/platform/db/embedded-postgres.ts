import { setTimeout as sleep } from 'node:timers/promises';
import { resolve } from 'node:path';
import { type Binaries, prepareBinaries } from './embedded/binaries';
import { openCluster, type RoleName, type Secrets } from './embedded/cluster';
import { folderError } from './embedded/embedded.errors';
import { type Folders, openFolders } from './embedded/folders';
import { joinOrStart, type RunningServer, stopServer } from './embedded/server';

/** Where one-line notes of the start go; pino's logger and Nest's fit by a small wrapper. */
export interface StartLog {
  info(line: string): void;
  warn(line: string): void;
}

export interface EmbeddedOptions {
  /** The application's data folder; the database takes `postgres/` in it. */
  readonly dataDir: string;
  readonly log: StartLog;
  /** Extra settings of postgresql.conf; tests switch `fsync` off. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Database `cho40` as its owner: migrations. */
  readonly ownerUrl: string;
  /** Database `cho40` as the application's role. */
  readonly appUrl: string;
  /** Database `postgres` as superuser: tests and repairs. */
  readonly adminUrl: string;
  /** True when the server ran already. */
  readonly adopted: boolean;
  /** Leaves; the last one of ours to leave stops the server. Repeatable. */
  stop(): Promise<void>;
}

/**
 * Joins or starts the PostgreSQL of `dataDir` and keeps it running: a postmaster that is killed is started again on
 * the same port while this process lives. Survives `kill -9` of anything; see embedded/server.ts for what is healed.
 * @throws StartupError when it cannot.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log, settings = {} } = options;
  const folders = openFolders(resolve(options.dataDir), (line) => log.warn(line));
  const binaries = prepareBinaries(folders.runAs);
  const secrets = await openCluster(folders, binaries, settings.fsync !== 'off');
  const keeper = new Keeper({ folders, binaries, secrets, settings }, log);
  const { port, adopted } = await keeper.start().catch((error: unknown) => {
    throw folderError(folders.home, error);
  });
  return {
    ownerUrl: urlOf('cho40_owner', 'cho40', port, secrets),
    appUrl: urlOf('cho40_app', 'cho40', port, secrets),
    adminUrl: urlOf('postgres', 'postgres', port, secrets),
    adopted,
    stop: () => keeper.stop(),
  };
}

function urlOf(role: RoleName, database: string, port: number, secrets: Secrets): string {
  return `postgres://${role}:${secrets[role]}@127.0.0.1:${port}/${database}`;
}

interface KeeperPlan {
  readonly folders: Folders;
  readonly binaries: Binaries;
  readonly secrets: Secrets;
  readonly settings: Readonly<Record<string, string>>;
}

/** Holds our presence on the server and brings the server back when the presence is lost. */
class Keeper {
  private running?: RunningServer;
  private reviving?: Promise<void>;
  private stopping?: Promise<void>;

  constructor(
    private readonly plan: KeeperPlan,
    private readonly log: StartLog,
  ) {}

  async start(fixedPort?: number): Promise<RunningServer> {
    const running = await joinOrStart({ ...this.plan, fixedPort });
    this.running = running;
    running.presence.onLost(() => {
      this.reviving = this.revive(running.port);
    });
    return running;
  }

  stop(): Promise<void> {
    this.stopping ??= this.leave();
    return this.stopping;
  }

  private async leave(): Promise<void> {
    await this.reviving;
    const presence = this.running?.presence;
    if (!presence) return;
    if (await presence.leaveAsLast()) await stopServer(this.plan.folders);
    await presence.close();
  }

  private async revive(port: number): Promise<void> {
    for (let pauseMs = 100; !this.stopping; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      this.log.warn('the embedded PostgreSQL has gone; starting it again');
      try {
        await this.start(port);
        this.log.info(`the embedded PostgreSQL is back on port ${port}`);
        return;
      } catch (error) {
        this.log.warn(`the embedded PostgreSQL does not come back: ${String(error)}`);
        await sleep(pauseMs);
      }
    }
  }
}
