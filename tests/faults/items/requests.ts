import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { BOTH, type Fault } from '../support/fault.ts';
import { openForum, page, SLUG } from '../support/forum.ts';
import { check, load, newLedger, told } from '../support/ledger.ts';

const AT_ONCE = 20;
const SPARE_FILES = 20;

function requests(token: string): Buffer[] {
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
		of('', 'Content-Length: 16')
	];
}

/** Sends bytes and breaks off. @returns the status, if there was an answer */
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

/** A thousand requests that break off or are none, in a write load. */
export const broken: Fault = {
	item: 'R9',
	what: 'requests that break off or are none',
	on: BOTH,
	times: 1000,
	async run(place, times) {
		const { site, tokens } = await openForum(await place.newDatabase());
		const ledger = newLedger();
		await page(site);
		const before = openFiles(site.process.pid);
		const writing = load(site, tokens, { ledger, writers: 2 });
		const kinds = requests(tokens[0]);
		const wrong: string[] = [];
		const answers = new Map<string, number>();
		for (let sent = 0; sent < times; sent += AT_ONCE) {
			const group = Array.from(
				{ length: AT_ONCE },
				(_, index) => kinds[(sent + index) % kinds.length]
			);
			for (const status of await Promise.all(group.map((bytes) => send(site.url, bytes)))) {
				const key = status === null ? 'closed' : `${status}`;
				answers.set(key, (answers.get(key) ?? 0) + 1);
				if (status !== null && (status < 400 || status >= 500)) wrong.push(`answered ${status}`);
			}
		}
		await writing.stop();
		const files = openFiles(site.process.pid);
		if (files > before + SPARE_FILES) wrong.push(`${files} files are open, ${before} were before`);
		wrong.push(...(await check(site, ledger)));
		await site.stop();
		const counts = [...answers].map(([key, count]) => `${count} × ${key}`).join(', ');
		return { counted: `${times} sent: ${counts}; beside them ${told(ledger)}`, wrong };
	}
};
