import ipaddr from 'ipaddr.js';

/** A list that lets half the world in protects nothing and looks as if it did. */
const WIDEST = { ipv4: 8, ipv6: 32 } as const;

/**
 * A network as people write it – `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/48` – in its one canonical form, host bits
 * cleared; null for anything else, for octal and short forms of addresses, and for networks wider than /8 or /32.
 */
export function canonicalNetwork(text: string): string | null {
  const cidr = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
  if (ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr)) {
    const [, bits] = ipaddr.IPv4.parseCIDR(cidr);
    return bits < WIDEST.ipv4 ? null : `${ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()}/${bits}`;
  }
  if (!ipaddr.IPv6.isValidCIDR(cidr) || cidr.includes('%')) return null;
  const [, bits] = ipaddr.IPv6.parseCIDR(cidr);
  return bits < WIDEST.ipv6 ? null : `${ipaddr.IPv6.networkAddressFromCIDR(cidr).toRFC5952String()}/${bits}`;
}

/**
 * Whether a caller stands in one of the networks; an empty list lets everybody in. An IPv4 caller that reached us over an
 * IPv6 socket (`::ffff:203.0.113.7`) is the IPv4 caller.
 */
export function isAddressAllowed(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const caller = ipaddr.process(address);
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === caller.kind() && caller.match(base, bits);
  });
}
