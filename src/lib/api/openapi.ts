import { toJsonSchemaDefs } from '@valibot/to-json-schema';
import { STATUS_CODES } from 'node:http';
import { OPERATIONS, type Operation } from './operations.ts';
import { schemas, type SchemaName } from './schemas.ts';

const BASE = '/api/v1';

const GUIDE = `Everything that a person can do on the pages, for programs.

Programs sign in with a bearer token (\`Authorization: Bearer TOKEN\`), which the operator makes with \`npm run cli -- token create NAME\`: it acts as the account of that name. What anybody may read needs none.

Lists are \`{items, next}\`: ask again with \`cursor\` set to \`next\`, until it is null. Times are ISO 8601 in UTC. What is made is answered 201 with its \`Location\`. Fields that are not named here are not taken.

Every error is a problem document (RFC 9457), whose \`type\` ends in its \`code\`. What you may not see answers like what does not exist.`;

const PATH_PARAMETERS: Record<string, string> = {
	slug: 'The last part of the address of an article.',
	id: 'The id of a comment, or of a problem.',
	name: 'The name of somebody with an account.'
};

const text = { schema: { type: 'string' } };

/** The headers that go with some answers. */
const HEADERS: Record<number, object> = {
	201: { Location: { description: 'Where it is.', ...text } },
	401: { 'WWW-Authenticate': { description: 'Bearer', ...text } },
	405: { Allow: { description: 'The methods that are possible.', ...text } },
	429: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
	503: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } }
};

const MEANINGS: Record<number, string> = {
	400: 'It is not JSON, or a parameter is not what it should be.',
	401: 'It needs an account, or the token is not valid.',
	403: 'You may not do this; or the comment state of the article forbids it (`commenting-disabled`).',
	404: 'It does not exist, or not for you.',
	405: 'The address does not have this method.',
	409: 'It meets another change, or an idempotency key was used for something else.',
	413: 'It is too large.',
	415: 'It is not `application/json`.',
	422: 'A field is missing, or is not what it should be.',
	429: 'That was too fast.',
	503: 'The database is busy; nothing was changed.'
};

function ref(kind: 'schemas' | 'responses', name: string) {
	return { $ref: `#/components/${kind}/${name}` };
}

function content(name: SchemaName | 'Description', type = 'application/json') {
	const schema = name === 'Description' ? { type: 'object' } : ref('schemas', name);
	return { content: { [type]: { schema } } };
}

function refusal(status: number) {
	return {
		description: MEANINGS[status],
		...(HEADERS[status] ? { headers: HEADERS[status] } : {}),
		...content('Problem', 'application/problem+json')
	};
}

/** `TooManyRequests` of 429. */
function refusalName(status: number): string {
	return (STATUS_CODES[status] ?? String(status)).replace(/[^a-z]/gi, '');
}

function pathParameters(path: string) {
	return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
		name,
		in: 'path',
		required: true,
		description: PATH_PARAMETERS[name],
		schema: { type: 'string' }
	}));
}

function responses({ answers, refusals }: Operation) {
	const done = Object.entries(answers).map(([status, name]) => [
		status,
		{
			description: STATUS_CODES[status],
			...(HEADERS[Number(status)] ? { headers: HEADERS[Number(status)] } : {}),
			...(name === null ? {} : content(name))
		}
	]);
	const refused = refusals.map((status) => [status, ref('responses', refusalName(status))]);
	const other = {
		description: 'Any other refusal.',
		...content('Problem', 'application/problem+json')
	};
	return Object.fromEntries([...done, ...refused, ['default', other]]) as object;
}

function operation(described: Operation) {
	const { id, summary, body, parameters = [], path, open } = described;
	const tag = path.startsWith('/articles/{slug}/comments') ? 'comments' : path.split(/[/.]/)[1];
	return {
		operationId: id,
		summary,
		tags: [tag],
		security: open ? [{}, { token: [] }] : [{ token: [] }],
		...(parameters.length > 0 ? { parameters } : {}),
		...(body ? { requestBody: { required: true, ...content(body) } } : {}),
		responses: responses(described)
	};
}

function paths() {
	const byPath = Map.groupBy(OPERATIONS, (described) => described.path);
	return Object.fromEntries(
		[...byPath].map(([path, operations]) => {
			const parameters = pathParameters(path);
			return [
				BASE + path,
				{
					...(parameters.length > 0 ? { parameters } : {}),
					...Object.fromEntries(
						operations.map((described) => [described.method, operation(described)])
					)
				}
			];
		})
	);
}

/** The description of the API (OpenAPI 3.1), made of the schemas that it checks and answers by. */
export function describe() {
	return {
		openapi: '3.1.0',
		info: {
			title: 'Afterword',
			version: '1',
			description: GUIDE,
			license: { name: 'MIT', identifier: 'MIT' }
		},
		servers: [{ url: '/' }],
		tags: [
			'articles',
			'comments',
			'problems',
			'people',
			'notifications',
			'statements',
			'moderation',
			'openapi'
		].map((name) => ({ name })),
		paths: paths(),
		components: {
			schemas: toJsonSchemaDefs(schemas, {
				target: 'draft-2020-12',
				overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`
			}),
			responses: Object.fromEntries(
				Object.keys(MEANINGS).map((status) => [
					refusalName(Number(status)),
					refusal(Number(status))
				])
			),
			securitySchemes: { token: { type: 'http', scheme: 'bearer' } }
		}
	};
}
