import { describe, expect, test } from 'vitest';
import { readBody } from '#lib/api/body.ts';
import { schemas } from '#lib/api/schemas.ts';
import { isRefusal, type Refusal } from '#lib/server/refusal.ts';

interface Sent {
	body?: BodyInit | null;
	type?: string | null;
	encoding?: string;
}

function request({ body = null, type = 'application/json', encoding }: Sent): Request {
	const made = new Request('http://127.0.0.1/', { method: 'POST', body });
	made.headers.delete('content-type');
	if (type !== null) made.headers.set('content-type', type);
	// As every request with a body says one or the other.
	if (body !== null) made.headers.set('transfer-encoding', 'chunked');
	if (encoding) made.headers.set('content-encoding', encoding);
	return made;
}

async function refusal(sent: Sent): Promise<Refusal> {
	const thrown: unknown = await readBody(request(sent), schemas.NewComment).then(
		() => 'nothing',
		(error: unknown) => error
	);
	if (!isRefusal(thrown)) expect.fail(`Expected a refusal, got ${String(thrown)}`);
	return thrown;
}

test('takes the fields that are named, and no other', async () => {
	const body =
		'{"body":"Words","parent":null,"status":"published","authorId":"1","__proto__":{"id":"1"}}';
	const read = await readBody(request({ body }), schemas.NewComment);
	expect(read).toEqual({ body: 'Words', parent: null, nudge: false });
});

test.each([
	'application/json',
	'Application/JSON; charset=utf-8',
	'application/json;charset="UTF-8"'
])('reads %s', async (type) => {
	const body = JSON.stringify({ body: 'Wörds' });
	expect(await readBody(request({ body, type }), schemas.NewComment)).toEqual({
		body: 'Wörds',
		nudge: false
	});
});

test('reads no body at all as an object without fields', async () => {
	expect(await readBody(request({ type: null }), schemas.Decision)).toEqual({ reason: '' });
});

const deep = `{"body":${'['.repeat(1000)}${']'.repeat(1000)}}`;
const refused: [string, Sent, number][] = [
	['words', { body: 'hello' }, 400],
	['an empty body', { body: '' }, 400],
	['half of an object', { body: '{"body":' }, 400],
	['an array', { body: '[]' }, 400],
	['null', { body: 'null' }, 400],
	['a string', { body: '"body"' }, 400],
	['bytes that are no UTF-8', { body: new Uint8Array([0x7b, 0xff, 0x7d]) }, 400],
	['a form', { body: 'body=hello', type: 'application/x-www-form-urlencoded' }, 415],
	['plain text', { body: '{"body":"hello"}', type: 'text/plain' }, 415],
	['another character set', { body: '{}', type: 'application/json; charset=latin1' }, 415],
	['no type', { body: '{}', type: null }, 415],
	['a compressed body', { body: '{}', encoding: 'gzip' }, 415],
	['a field too few', { body: '{}' }, 422],
	['a field of another kind', { body: '{"body":5}' }, 422],
	['a thousand arrays', { body: deep }, 400]
];

describe('refuses', () => {
	test.each(refused)('%s', async (_what, sent, status) => {
		expect((await refusal(sent)).status).toBe(status);
	});

	test('a field by its name', async () => {
		const { details, message } = await refusal({ body: '{"parent":"x"}' });
		expect(details.field).toBe('body');
		expect(message).toBe('The field "body" is missing.');
	});

	test('a body over the limit as the server ends it', async () => {
		const ended = new ReadableStream({
			start: (controller) => controller.error(Object.assign(new Error('too much'), { status: 413 }))
		});
		const made = new Request('http://127.0.0.1/', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: ended,
			duplex: 'half'
		} as RequestInit);
		await expect(readBody(made, schemas.NewComment)).rejects.toMatchObject({ status: 413 });
	});
});
