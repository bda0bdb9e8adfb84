import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What stands between a program and a PostgreSQL. */
export interface Between {
	/** The same database, by way of it. */
	url: string;
	/** How many connections it has had. */
	connections(): number;
	/** Whether notifications get through; all else does. */
	swallow(isSwallowing: boolean): void;
	/** Whether nothing at all gets through on the connections that there are, which stay open. */
	freeze(): void;
	close(): void;
}

const NOTIFICATION = 'A'.charCodeAt(0);
const HEAD = 5;

/** Cuts what a server sends into its messages: a letter, a length, the rest. */
function messages(): (chunk: Buffer) => Buffer[] {
	let rest = Buffer.alloc(0);
	return (chunk) => {
		rest = Buffer.concat([rest, chunk]);
		const whole: Buffer[] = [];
		while (rest.length >= HEAD && rest.length > rest.readUInt32BE(1)) {
			const size = rest.readUInt32BE(1) + 1;
			whole.push(rest.subarray(0, size));
			rest = rest.subarray(size);
		}
		return whole;
	};
}

/** Stands between, as a proxy or pooler does. */
export async function standBetween(url: string): Promise<Between> {
	const { hostname, port } = new URL(url);
	let count = 0;
	let isSwallowing = false;
	const open = new Set<Socket>();
	const frozen = new WeakSet<Socket>();
	const server = createServer((client) => {
		count += 1;
		const upstream = connect(Number(port), hostname);
		const cut = messages();
		open.add(client);
		upstream.on('data', (chunk) => {
			for (const message of cut(chunk)) {
				const isHeard = !(isSwallowing && message[0] === NOTIFICATION);
				if (isHeard && !frozen.has(client)) client.write(message);
			}
		});
		client.on('data', (chunk) => {
			if (!frozen.has(client)) upstream.write(chunk);
		});
		for (const [one, other] of [
			[client, upstream],
			[upstream, client]
		]) {
			one.on('error', () => {});
			one.on('close', () => other.destroy());
		}
		client.on('close', () => open.delete(client));
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const own = new URL(url);
	own.port = String((server.address() as AddressInfo).port);
	return {
		url: own.href,
		connections: () => count,
		swallow: (now) => void (isSwallowing = now),
		freeze() {
			for (const client of open) frozen.add(client);
		},
		close() {
			for (const client of open) client.destroy();
			server.close();
		}
	};
}
