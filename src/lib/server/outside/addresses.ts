import { BlockList, isIP } from 'node:net';

// What is no address of somebody else's public server (IANA's registries of special purposes).
const IPV4: readonly [string, number][] = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.31.196.0', 24],
	['192.52.193.0', 24],
	['192.88.99.0', 24],
	['192.168.0.0', 16],
	['192.175.48.0', 24],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 3]
];

// Of IPv6 only global unicast is public, and of that not what carries or hides other addresses:
// Teredo and its neighbours, documentation, 6to4, segment routing.
const IPV6: readonly [string, number][] = [
	['2001::', 23],
	['2001:db8::', 32],
	['2002::', 16],
	['2620:4f:8000::', 48],
	['3fff::', 20]
];

function listOf(entries: readonly [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
	const list = new BlockList();
	for (const [address, prefix] of entries) list.addSubnet(address, prefix, family);
	return list;
}

const special4 = listOf(IPV4, 'ipv4');
const special6 = listOf(IPV6, 'ipv6');
const global6 = listOf([['2000::', 3]], 'ipv6');

/**
 * Whether an IP address is one of a public server: not of this machine, its network, a private or
 * shared one, and none that carries such an address inside (::ffff:127.0.0.1, NAT64, 6to4).
 */
export function isPublic(address: string): boolean {
	const family = isIP(address);
	if (family === 4) return !special4.check(address, 'ipv4');
	if (family !== 6 || address.includes('%')) return false;
	return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}
