import { expect, test } from 'vitest';
import { isPublic } from '#lib/server/outside/addresses.ts';
import { targetOf } from '#lib/server/outside/targets.ts';

test.each([
	...['127.0.0.1', '127.1.2.3', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255'],
	...['192.168.1.1', '169.254.169.254', '100.64.0.1', '198.18.0.1', '224.0.0.1', '240.0.0.1'],
	...['255.255.255.255', '192.0.2.1', '::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8'],
	...['::127.0.0.1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'ff02::1', '64:ff9b::7f00:1'],
	...[
		'2002:7f00:1::',
		'2001::1',
		'2001:db8::1',
		'2606:4700::1%1',
		'5f00::1',
		'',
		'example.org',
		'1'
	]
])('I8 %s is not public', (address) => {
	expect(isPublic(address)).toBe(false);
});

test.each(['8.8.8.8', '93.184.215.14', '172.15.0.1', '172.32.0.1', '2606:4700::1111'])(
	'I8 %s is public',
	(address) => {
		expect(isPublic(address)).toBe(true);
	}
);

const PUBLIC = '93.184.215.14';
const resolve = () => Promise.resolve([{ address: PUBLIC, family: 4 as const }]);

test.each([
	...['http://127.0.0.1/', 'http://2130706433/', 'http://0x7f000001/', 'http://0177.0.0.1/'],
	...['http://0x7f.1/', 'http://127.1/', 'http://0/', 'http://[::1]/', 'http://[::]/'],
	...['http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/', 'http://[fe80::1%25eth0]/'],
	...['http://localhost/', 'http://localhost./', 'http://a.localhost/', 'http://printer/'],
	...['http://printer.local/', 'http://example.org./', 'http://①②⑦.0.0.1/', 'http://db.internal/'],
	...['http://169.254.169.254/latest/meta-data/', 'http://100.100.100.200/'],
	...['ftp://example.org/', 'file:///etc/passwd', 'data:image/png,x', 'gopher://example.org/'],
	...['http://example.org:22/', 'https://example.org:6379/', 'http://a:b@example.org/'],
	...['//example.org/', 'example.org', '', `http://example.org/${'x'.repeat(3000)}`]
])('I8 %s is not fetched', async (url) => {
	await expect(targetOf(url, { resolve })).rejects.toThrow('This address cannot be fetched.');
});

test('I8 a name is refused if any of its addresses is not public', async () => {
	const both = () =>
		Promise.resolve([
			{ address: PUBLIC, family: 4 as const },
			{ address: '10.0.0.1', family: 4 as const }
		]);
	await expect(targetOf('https://example.org/', { resolve: both })).rejects.toThrow();
	expect(await targetOf('https://example.org/', { resolve })).toMatchObject({ address: PUBLIC });
});
