import { expect, test } from 'vitest';
import { here } from '#lib/http/here.ts';

test.each([
	['/articles/x', '/articles/x'],
	['/articles/x?sort=best&cursor=abc', '/articles/x?sort=best&cursor=abc'],
	['/articles/x?/post&reply=1', '/articles/x'],
	['/articles/x?sort=best&/preview&quote=1&passage=a%20b', '/articles/x?sort=best'],
	['/articles/x?passage=0123456789ab&reply=1', '/articles/x?passage=0123456789ab'],
	['/c/1?after=20#c-1', '/c/1?after=20']
])('the place of %s is %s', (address, place) => {
	expect(here(new URL(address, 'http://site.test'))).toBe(place);
});
