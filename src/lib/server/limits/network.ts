import { isIPv6 } from 'node:net';

// What a household or a server gets; within it addresses are free to choose.
const GROUPS_OF_64_BITS = 4;

function groups(part: string): string[] {
	return part === '' ? [] : part.split(':');
}

/**
 * The network of an address, which is what limits count: an IPv4 address whole, of an IPv6 address
 * the first 64 bits, as `2001:db8:0:1::/64`. Anything else is returned as it is.
 */
export function network(address: string): string {
	if (!isIPv6(address)) return address;
	// An IPv4 ending stands for two groups; which ones does not matter to the first four.
	const [left, right] = address.replace(/\d+(\.\d+){3}$/, '0:0').split('::');
	const before = groups(left);
	const after = right === undefined ? [] : groups(right);
	const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
	const first = [...before, ...zeros, ...after].slice(0, GROUPS_OF_64_BITS);
	return `${first.map((group) => parseInt(group, 16).toString(16)).join(':')}::/64`;
}
