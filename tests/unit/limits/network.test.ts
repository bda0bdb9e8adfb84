import { expect, test } from 'vitest';
import { network } from '#lib/server/limits/network.ts';

test.each([
	['203.0.113.9', '203.0.113.9'],
	['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
	['2001:db8:0:1::ffff', '2001:db8:0:1::/64'],
	['2001:0db8::1', '2001:db8:0:0::/64'],
	['::1', '0:0:0:0::/64'],
	['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
	['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
	['1:2:3:4:5:6:192.0.2.1', '1:2:3:4::/64'],
	['unknown', 'unknown']
])('%s is of %s', (address, expected) => expect(network(address)).toBe(expected));
