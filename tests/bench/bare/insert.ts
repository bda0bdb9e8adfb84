// Does one durable insert for each request: the least that any server does to keep a comment.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectSqlite } from '#lib/server/database/sqlite.ts';

const database = connectSqlite(process.argv[2]);
database.exec('create table if not exists bare (id integer primary key, body text not null)');
const insert = database.prepare('insert into bare (body) values (?)');
const server = createServer((request, response) => {
	let body = '';
	request.setEncoding('utf8').on('data', (text: string) => (body += text));
	request.on('end', () => {
		insert.run((JSON.parse(body) as { body: string }).body);
		response.writeHead(201, { 'content-type': 'application/json' });
		response.end('{}');
	});
});
server.listen(0, '127.0.0.1', () => {
	console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.exit(0));
