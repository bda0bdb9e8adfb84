import { expect } from 'vitest';

/** Follows an address from page to page as a browser would, until it leads to one that begins so. */
export async function wander(start: string, until: string): Promise<URL> {
	const jar = new Map<string, string>();
	let url = start;
	for (let step = 0; step < 10; step++) {
		const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
		const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
		await response.body?.cancel();
		for (const line of response.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (name) jar.set(name, value);
		}
		const location = response.headers.get('location');
		if (location === null) return expect.fail(`${url} leads nowhere: ${response.status}`);
		url = new URL(location, url).href;
		if (url.startsWith(until)) return new URL(url);
	}
	return expect.fail(`${start} leads round in circles.`);
}
