import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

type Weather = 'fair' | 'silent' | 'cut';

/** Stands in front of a server and does to its clients what networks do. */
export class TcpProxy {
  private readonly server: Server;
  private readonly pairs = new Set<readonly [client: Socket, upstream: Socket]>();
  private weather: Weather = 'fair';
  private port = 0;

  private constructor(private readonly target: URL) {
    this.server = createServer((client) => this.pass(client));
  }

  /** @param url of the server, `postgresql://…` or `redis://…`; see {@link url} for its new one */
  static async inFrontOf(url: string): Promise<TcpProxy> {
    const proxy = new TcpProxy(new URL(url));
    await proxy.listen();
    return proxy;
  }

  /** The server's address by way of this proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  /** The server is gone: what is open breaks, what is new is refused. */
  async cut(): Promise<void> {
    this.weather = 'cut';
    const closed = once(this.server, 'close');
    this.server.close();
    this.breakAll();
    await closed;
  }

  /** The server is frozen or behind a black hole: connections stand, nothing answers. */
  silence(): void {
    this.weather = 'silent';
    for (const [client, upstream] of this.pairs) {
      client.pause();
      upstream.pause();
    }
  }

  /** The server is back; what was under way in the silence arrives late, as it does in life. */
  async restore(): Promise<void> {
    const before = this.weather;
    this.weather = 'fair';
    if (before === 'cut') await this.listen();
    for (const [client, upstream] of this.pairs) {
      client.resume();
      upstream.resume();
    }
  }

  async close(): Promise<void> {
    this.breakAll();
    if (!this.server.listening) return;
    this.server.close();
    this.breakAll();
    await once(this.server, 'close');
  }

  private async listen(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private pass(client: Socket): void {
    const upstream = connect(Number(this.target.port), this.target.hostname);
    const pair = [client, upstream] as const;
    this.pairs.add(pair);
    const part = (): void => {
      this.pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    client
      .on('data', (bytes) => upstream.write(bytes))
      .on('error', part)
      .on('close', part);
    upstream
      .on('data', (bytes) => client.write(bytes))
      .on('error', part)
      .on('close', part);
    if (this.weather === 'silent') {
      client.pause();
      upstream.pause();
    }
  }

  private breakAll(): void {
    for (const [client, upstream] of this.pairs) {
      client.resetAndDestroy();
      upstream.destroy();
    }
  }
}
