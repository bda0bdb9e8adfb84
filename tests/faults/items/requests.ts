import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { BOTH, type Fault } from '../support/fault.ts';
import { residentMemory } from '../../bench/support/program.ts';
import { openForum, page, SLUG } from '../support/forum.ts';
import { check, load, newLedger, told } from '../support/ledger.ts';

const AT_ONCE = 20;
const SPARE_FILES = 20;
// Collections come when they like; what every request left would be far above this.
const MEMORY_GROWTH = 1.5;

function requests(token: string, url: string): Buffer[] {
	const path = `POST /api/v1/articles/${SLUG}/comments HTTP/1.1`;
	const head = [
		'Host: localhost',
		`Authorization: Bearer ${token}`,
		'Content-Type: application/json'
	];
	const of = (body: string | Buffer, ...more: string[]) =>
		Buffer.concat([
			Buffer.from([path, ...head, ...more, '', ''].join('\r\n')),
			Buffer.from(body as string)
		]);
	const words = '{"body":"never"}';
	return [
		of('{"body":"nev', 'Content-Length: 16'),
		of(words, 'Content-Length: 99999'),
		of(words, 'Content-Length: 3'),
		of(words, 'Content-Length: 16', 'Transfer-Encoding: chunked'),
		of('zz\r\nnever\r\n', 'Transfer-Encoding: chunked'),
		of('5\r\n{"bod', 'Transfer-Encoding: chunked'),
		of(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'Content-Length: 6'),
		of('{"body":', 'Content-Length: 8'),
		of(words, 'Content-Length: -1'),
		of('', 'Content-Length: 16'),
		Buffer.from(
			[
				...['POST /account/picture?/set HTTP/1.1', `Host: ${new URL(url).host}`, `Origin: ${url}`],
				...['Content-Type: multipart/form-data; boundary=half', 'Content-Length: 9999', ''],
				...['--half', 'Content-Disposition: form-data; name="picture"; filename="a.png"', '', 'PN']
			].join('\r\n')
		)
	];
}

/** Sends bytes and is gone, as when a telephone loses its network in the middle. */
function cut(url: string, bytes: Buffer): Promise<void> {
	const { hostname, port } = new URL(url);
	return new Promise((resolve) => {
		const socket = connect(Number(port), hostname);
		socket.on('error', () => {});
		socket.on('close', () => resolve());
		socket.write(bytes, () => socket.resetAndDestroy());
	});
}

/** Sends bytes and ends. @returns the status, if there was an answer */
function send(url: string, bytes: Buffer): Promise<number | null> {
	const { hostname, port } = new URL(url);
	return new Promise((resolve) => {
		const socket = connect(Number(port), hostname);
		let text = '';
		socket.on('data', (part) => (text += part.toString('latin1')));
		socket.on('error', () => {});
		socket.on('close', () => {
			const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
			resolve(status === undefined ? null : Number(status));
		});
		socket.end(bytes);
	});
}

function openFiles(pid: number | undefined): number {
	return readdirSync(`/proc/${pid}/fd`).length;
}

/** A thousand requests that end too early or are none, and a thousand that are cut off, in a write load. */
export const broken: Fault = {
	item: 'R9',
	what: 'requests that break off or are none',
	on: BOTH,
	times: 1000,
	async run(place, times) {
		const { site, tokens } = await openForum(await place.newDatabase());
		const pid = site.process.pid!;
		const ledger = newLedger();
		await page(site);
		const before = openFiles(pid);
		let memory = residentMemory(pid);
		const writing = load(site, tokens, { ledger, writers: 2 });
		const kinds = requests(tokens[0], site.url);
		const wrong: string[] = [];
		const answers = new Map<string, number>();
		for (let sent = 0; sent < times; sent += AT_ONCE) {
			const group = Array.from(
				{ length: AT_ONCE },
				(_, index) => kinds[(sent + index) % kinds.length]
			);
			// A process grows while it warms up.
			if (sent <= times / 5) memory = residentMemory(pid);
			await Promise.all(group.map((bytes) => cut(site.url, bytes.subarray(0, -1))));
			for (const status of await Promise.all(group.map((bytes) => send(site.url, bytes)))) {
				const key = status === null ? 'closed' : `${status}`;
				answers.set(key, (answers.get(key) ?? 0) + 1);
				if (status !== null && (status < 400 || status >= 500)) wrong.push(`answered ${status}`);
			}
		}
		await writing.stop();
		const files = openFiles(pid);
		const grown = residentMemory(pid) / memory;
		if (grown > MEMORY_GROWTH) wrong.push(`it has ${grown.toFixed(2)} times its memory`);
		if (files > before + SPARE_FILES) wrong.push(`${files} files are open, ${before} were before`);
		wrong.push(...(await check(site, ledger)));
		await site.stop();
		const counts = [...answers].map(([key, count]) => `${count} × ${key}`).join(', ');
		return {
			counted: `${times} cut off, ${times} sent: ${counts}; ${files} files open (${before} before), ${grown.toFixed(2)} times the memory; beside them ${told(ledger)}`,
			wrong
		};
	}
};
