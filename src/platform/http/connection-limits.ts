import { BlockList, isIP, type Server, type Socket } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';

export interface ConnectionLimits {
  /** Connections at a time, of everybody. */
  readonly all: number;
  /** Of one address. */
  readonly perAddress: number;
  /** Addresses or networks of our own proxies, through which everybody comes. */
  readonly proxies: readonly string[];
}

/** Headers must be there within this time, and a connection that says nothing ends after it. */
export const HEADERS_TIMEOUT_MS = 15_000;
/** How often the line above is looked at. */
export const CHECK_INTERVAL_MS = 1_000;
/** Longer than the 60 s of common proxies: they must not use a connection that is just being closed. */
export const KEEP_ALIVE_MS = 72_000;
/** Neither side has sent a byte: who reads no answer keeps no connection. No operation of ours takes as long. */
export const SILENCE_MS = 120_000;

/** Refuses connections beyond the limits by closing them; nothing of them has been read. */
export function limitConnections(server: Server, limits: ConnectionLimits, onRefused: (limit: string) => void): void {
  const proxies = blockListOf(limits.proxies);
  const open = new Map<string, number>();
  server.maxConnections = limits.all;
  server.on('drop', () => onRefused('all'));
  server.on('connection', (socket: Socket) => {
    const { remoteAddress, remoteFamily } = socket;
    if (!remoteAddress || proxies.check(remoteAddress, remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4')) return;
    const address = normalizeIP(remoteAddress);
    const count = (open.get(address) ?? 0) + 1;
    if (count > limits.perAddress) {
      socket.destroy();
      return onRefused('address');
    }
    open.set(address, count);
    socket.once('close', () => leave(open, address));
  });
}

function leave(open: Map<string, number>, address: string): void {
  const rest = (open.get(address) ?? 1) - 1;
  if (rest > 0) open.set(address, rest);
  else open.delete(address);
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
