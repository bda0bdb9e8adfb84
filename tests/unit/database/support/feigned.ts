import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Identity } from '#lib/server/database/servers.ts';

/** What answers like a PostgreSQL that is asked what it is, and nothing else. */
export interface Feigned {
	/** `HOST:PORT` */
	place: string;
	port: number;
	/** What it says that it is. */
	identity: Identity;
	/** What it asks for; null where everybody is let in. */
	password: string | null;
	/** Is waited for before it says so. */
	patience: () => Promise<unknown>;
	/** How many connections it has. */
	connections(): number;
	close(): void;
}

const BOOL = 16;
const INT = 23;
const TEXT = 25;

function int16(number: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeInt16BE(number);
	return bytes;
}

function int32(number: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeInt32BE(number);
	return bytes;
}

function message(letter: string, ...parts: Buffer[]): Buffer {
	const body = Buffer.concat(parts);
	return Buffer.concat([Buffer.from(letter), int32(body.length + 4), body]);
}

const READY = message('Z', Buffer.from('I'));
const WELCOME = Buffer.concat([message('R', int32(0)), READY]);
const ASKED_FOR_PASSWORD = message('R', int32(3));
const REFUSED = message('E', Buffer.from('SFATAL\0C28P01\0Mpassword authentication failed\0\0'));

function answer({ isPrimary, takesWrites, system, timeline, database }: Identity): Buffer {
	const fields: [name: string, type: number, value: string][] = [
		['isPrimary', BOOL, isPrimary ? 't' : 'f'],
		['takesWrites', BOOL, takesWrites ? 't' : 'f'],
		['system', TEXT, system],
		['timeline', INT, String(timeline)],
		['database', TEXT, database]
	];
	const columns = fields.flatMap(([name, type]) => [
		...[Buffer.from(`${name}\0`), int32(0), int16(0), int32(type)],
		...[int16(-1), int32(-1), int16(0)]
	]);
	const values = fields.flatMap(([, , value]) => [int32(value.length), Buffer.from(value)]);
	const count = int16(fields.length);
	const row = [message('T', count, ...columns), message('D', count, ...values)];
	return Buffer.concat([...row, message('C', Buffer.from('SELECT 1\0')), READY]);
}

/** Lets anybody in who has the password, and answers every query with what the server is. */
function serve(socket: Socket, feigned: Feigned): void {
	let rest: Buffer = Buffer.alloc(0);
	let isIn = false;
	const take = async () => {
		const head = isIn ? 1 : 0;
		if (rest.length < head + 4 || rest.length < head + rest.readInt32BE(head)) return;
		const letter = isIn ? String.fromCharCode(rest[0]) : '';
		const end = head + rest.readInt32BE(head);
		const said = rest.toString('utf8', head + 4, end - 1);
		rest = rest.subarray(end);
		if (!isIn) socket.write(feigned.password === null ? WELCOME : ASKED_FOR_PASSWORD);
		else if (letter === 'p') socket.write(said === feigned.password ? WELCOME : REFUSED);
		else if (letter === 'X') socket.end();
		else {
			await feigned.patience();
			socket.write(answer(feigned.identity));
		}
		isIn = true;
		await take();
	};
	socket.on('error', () => {});
	socket.on('data', (chunk: Buffer) => {
		rest = Buffer.concat([rest, chunk]);
		void take();
	});
}

/** Starts one, which takes writes and has never been promoted. */
export async function feign(): Promise<Feigned> {
	const open = new Set<Socket>();
	const server = createServer((socket) => {
		open.add(socket);
		socket.on('close', () => open.delete(socket));
		serve(socket, feigned);
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = server.address() as AddressInfo;
	const feigned: Feigned = {
		port,
		place: `127.0.0.1:${port}`,
		identity: { isPrimary: true, takesWrites: true, system: '1', timeline: 1, database: '5' },
		password: null,
		patience: () => Promise.resolve(),
		connections: () => open.size,
		close() {
			server.close();
			for (const socket of open) socket.destroy();
		}
	};
	return feigned;
}
