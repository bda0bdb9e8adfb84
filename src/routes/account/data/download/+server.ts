import { confirmFirst } from '#lib/http/confirm.ts';
import { errorOf } from '#lib/http/refusals.ts';
import { download } from '#lib/server/accounts/download/download.ts';
import { Readable } from 'node:stream';
import type { RequestHandler } from './$types';

const HEADERS = {
	'content-type': 'application/json; charset=utf-8',
	'content-disposition': 'attachment; filename="your-data.json"'
};

export const POST: RequestHandler = async (event) => {
	const { db, actor } = event.locals;
	try {
		const parts = Readable.from(await download(db, actor));
		return new Response(Readable.toWeb(parts) as ReadableStream, { headers: HEADERS });
	} catch (thrown) {
		confirmFirst(event, thrown, '/account/data');
		return errorOf(thrown);
	}
};
