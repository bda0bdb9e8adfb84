import * as v from 'valibot';
import { schemas } from '../../../src/lib/api/schemas.ts';
import type { SchemaName, Shape } from '../../../src/lib/api/schemas.ts';
import { createAccount, createToken, expect, unique } from './site.ts';
import type { Person, Role, Site } from './site.ts';

/** How long a few members take to be made on a loaded machine (milliseconds): two commands each. */
export const MEMBERS_TIMEOUT = 180_000;

/** What is sent beside the method and the path. */
export interface Sent {
	/** Sent as JSON. */
	json?: unknown;
	/** Sent as it is, with the type in `headers`. */
	body?: BodyInit;
	headers?: Record<string, string>;
}

/** An answer, read. */
export interface Answer {
	status: number;
	headers: Headers;
	/** The body as it came. */
	text: string;
}

/** Somebody who uses the API. */
export interface Client {
	name: string;
	person: Person | null;
	/** Asks; `path` is under `/api/v1`. Whatever fails must answer with a problem document. */
	call(method: string, path: string, sent?: Sent): Promise<Answer>;
	/** Asks, and expects this status and an answer of this shape: nothing missing, nothing more. */
	expect<Name extends SchemaName>(
		status: number,
		name: Name,
		method: string,
		path: string,
		sent?: Sent
	): Promise<Shape<Name>>;
	/** Asks, and expects to be refused with this status; gives the problem. */
	refused(status: number, method: string, path: string, sent?: Sent): Promise<Shape<'Problem'>>;
}

/** An answer's body, if it has this shape and no field more. */
export function shaped<Name extends SchemaName>(name: Name, answer: Answer): Shape<Name> {
	const parsed = v.safeParse(schemas[name], JSON.parse(answer.text));
	const issues = parsed.issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
	expect(issues ?? [], answer.text).toEqual([]);
	return parsed.output as Shape<Name>;
}

/** Somebody who sends these headers with everything. */
export function client(
	site: Site,
	name: string,
	always: Record<string, string> = {},
	person: Person | null = null
): Client {
	const self: Client = {
		name,
		person,
		async call(method, path, sent = {}) {
			const headers = new Headers({ ...always, ...sent.headers });
			if ('json' in sent) headers.set('content-type', 'application/json');
			const body = 'json' in sent ? JSON.stringify(sent.json) : sent.body;
			const address = path.startsWith('/api/') ? path : `/api/v1${path}`;
			const init = { method, headers, body, redirect: 'manual', duplex: 'half' } as RequestInit;
			const response = await fetch(site.url + address, init);
			const answer = {
				status: response.status,
				headers: response.headers,
				text: await response.text()
			};
			if (answer.status >= 400 && method !== 'HEAD') {
				expect(answer.headers.get('content-type'), answer.text).toBe('application/problem+json');
				const problem = shaped('Problem', answer);
				expect(problem.status).toBe(answer.status);
				expect(problem.type.endsWith(`/${problem.code}`), problem.type).toBe(true);
			}
			return answer;
		},
		async expect(status, shape, method, path, sent = {}) {
			const answer = await self.call(method, path, sent);
			expect(answer.status, `${name}: ${method} ${path}: ${answer.text}`).toBe(status);
			return shaped(shape, answer);
		},
		refused: (status, method, path, sent = {}) => self.expect(status, 'Problem', method, path, sent)
	};
	return self;
}

/** Somebody without an account. */
export function guest(site: Site): Client {
	return client(site, 'guest');
}

/** Makes an account and a token for it, as an operator would. */
export async function member(site: Site, role: Role): Promise<Client> {
	const person = await createAccount(site, unique(`Api ${role}`), role);
	const token = await createToken(site, person.name);
	return client(site, person.name, { authorization: `Bearer ${token}` }, person);
}

/** Writes an article with an open discussion; gives its slug. */
export async function newArticle(editor: Client, more: object = {}): Promise<string> {
	const article = { title: unique('The lighthouse'), body: 'It was lit again.', ...more };
	return (await editor.expect(201, 'Article', 'POST', '/articles', { json: article })).slug;
}

/** Posts a comment or reply. */
export async function post(
	author: Client,
	slug: string,
	body: string,
	parent?: string
): Promise<Shape<'Comment'>> {
	const sent = { json: { body, parent } };
	return author.expect(201, 'Comment', 'POST', `/articles/${slug}/comments`, sent);
}

/** A whole discussion, page by page. */
export async function discussion(
	reader: Client,
	slug: string,
	query = ''
): Promise<Shape<'Comment'>[]> {
	const items: Shape<'Comment'>[] = [];
	let cursor = '';
	do {
		const path = `/articles/${slug}/comments?${query}${cursor}`;
		const page: Shape<'CommentPage'> = await reader.expect(200, 'CommentPage', 'GET', path);
		items.push(...page.items);
		cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`;
	} while (cursor !== '');
	return items;
}
