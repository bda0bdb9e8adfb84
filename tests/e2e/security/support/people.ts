import { form, cookiesOf, send } from './http.ts';
import type { Answer, Message } from './http.ts';

/** Somebody with a browser: what they send is like what the pages of the site send. */
export interface Client {
	/** Empty for a guest. */
	name: string;
	email: string;
	password: string;
	/** The session's token; '' for a guest. */
	token: string;
	get(path: string): Promise<Answer>;
	/** Posts a form. */
	post(path: string, fields?: Record<string, string>): Promise<Answer>;
	/** Calls the API, with the cookie and not with a token. */
	api(
		method: string,
		path: string,
		body?: unknown,
		headers?: Record<string, string>
	): Promise<Answer>;
	/** Sends anything else, with the cookie. */
	send(path: string, message: Message): Promise<Answer>;
}

const FORM = 'application/x-www-form-urlencoded';

/** A client that is signed in with a session's token, or a guest without one. */
export function client(
	origin: string,
	{ name = '', email = '', password = '', token = '' } = {}
): Client {
	const cookie: Record<string, string> = token ? { Cookie: `session=${token}` } : {};
	const own = { ...cookie, Origin: origin };
	return {
		...{ name, email, password, token },
		get: (path) => send(origin, path, { headers: cookie }),
		post: (path, fields = {}) =>
			send(origin, path, {
				method: 'POST',
				headers: { ...own, 'Content-Type': FORM, Accept: 'text/html' },
				body: form(fields)
			}),
		api: (method, path, body, headers = {}) =>
			send(origin, `/api/v1${path}`, {
				method,
				headers: {
					...own,
					...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
					...headers
				},
				body: body === undefined ? undefined : JSON.stringify(body)
			}),
		send: (path, message) =>
			send(origin, path, { ...message, headers: { ...cookie, ...message.headers } })
	};
}

/** An address that no other has. */
export function emailOf(name: string): string {
	return `${name.toLowerCase().replace(/[^a-z0-9]+/g, '.')}@mail.example.org`;
}

/** A password that no list has. */
export function newPassword(): string {
	return `${crypto.randomUUID()} horse`;
}

/** The client that an answer signed in. @throws {Error} when it did not */
export function signedIn(
	origin: string,
	answer: Answer,
	who: { name: string; email: string; password: string }
): Client {
	const token = cookiesOf(answer).session;
	if (answer.status !== 303 || !token) {
		throw new Error(`${who.name} was not signed in: ${answer.status}\n${answer.text}`);
	}
	return client(origin, { ...who, token });
}

/** Signs somebody up by the form. */
export async function signUp(origin: string, name: string): Promise<Client> {
	const who = { name, email: emailOf(name), password: newPassword() };
	return signedIn(origin, await client(origin).post('/sign-up', who), who);
}

/** Signs somebody in again, in another browser. */
export async function signIn(origin: string, who: Client): Promise<Client> {
	const { name, password } = who;
	return signedIn(origin, await client(origin).post('/sign-in', { name, password }), who);
}

/** The address of the page that makes the first administrator, as the server printed it. */
export function setupPath(output: string): string {
	return /\/setup\?token=\S+/.exec(output)?.[0] ?? '';
}

/** Makes the first administrator with the link that the server printed. */
export async function setUp(origin: string, output: string, name: string): Promise<Client> {
	const who = { name, email: emailOf(name), password: newPassword() };
	return signedIn(origin, await client(origin).post(setupPath(output), who), who);
}

/** Signs somebody up, lets the administrator give them a role, and signs them in again. */
export async function employ(
	origin: string,
	admin: Client,
	name: string,
	role: 'moderator' | 'editor' | 'admin'
): Promise<Client> {
	const person = await signUp(origin, name);
	const given = await admin.post('/admin?/role', { name, role });
	if (given.status !== 303) throw new Error(`no role for ${name}: ${given.status}`);
	return signIn(origin, person);
}
