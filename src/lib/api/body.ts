import { invalid, Refusal } from '#lib/server/refusal.ts';
import * as v from 'valibot';

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

// The deepest body of ours has two levels; a thousand are somebody's experiment.
const DEEPEST = 20;
const STRING = /"(?:[^"\\]|\\.)*"/gs;
const BRACKET = /[{}[\]]/g;

function badJson(words: string): Refusal {
	return new Refusal(400, 'bad-json', words);
}

/** The bytes of a body; the server ends one that is over the limit with an error of status 413. */
async function bytesOf(request: Request): Promise<ArrayBuffer> {
	try {
		return await request.arrayBuffer();
	} catch (thrown) {
		if ((thrown as { status?: unknown }).status === 413) {
			throw new Refusal(413, 'too-large', 'This request is too large.');
		}
		throw badJson('The request ended before its body did.');
	}
}

/** Whether objects and lists stand inside each other deeper than any schema has them. */
function isTooDeep(json: string): boolean {
	let depth = 0;
	for (const bracket of json.replace(STRING, '').match(BRACKET) ?? []) {
		depth += bracket === '{' || bracket === '[' ? 1 : -1;
		if (depth > DEEPEST) return true;
	}
	return false;
}

function parse(bytes: ArrayBuffer): unknown {
	let json: string;
	try {
		json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw badJson('The body of this request is not UTF-8.');
	}
	if (isTooDeep(json)) throw badJson('The body of this request is nested too deeply.');
	try {
		return JSON.parse(json);
	} catch {
		throw badJson('The body of this request is not JSON.');
	}
}

/** No body at all is an object without fields. */
async function readObject(request: Request): Promise<object> {
	const { headers } = request;
	const type = headers.get('content-type');
	const isEmpty = !Number(headers.get('content-length')) && !headers.has('transfer-encoding');
	if (type === null && isEmpty) return {};
	const encoding = headers.get('content-encoding') ?? 'identity';
	if (!JSON_TYPE.test(type ?? '') || encoding !== 'identity') {
		throw new Refusal(415, 'not-json', 'Send application/json in UTF-8, not compressed.');
	}
	const value = parse(await bytesOf(request));
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	throw badJson('The body of this request is not a JSON object.');
}

function wordsFor(issue: v.BaseIssue<unknown>, field: string): string {
	if (issue.received === 'undefined') return `The field "${field}" is missing.`;
	return `The field "${field}" is not as it should be${issue.expected ? `: expected ${issue.expected}` : ''}.`;
}

/**
 * The body of a request, by a schema; fields that it does not name are left out.
 * @throws {Refusal} 400 for what is no JSON object, 413 over the limit, 415 for other types, 422 when
 * a field is missing or not of its kind.
 */
export async function readBody<Schema extends v.GenericSchema>(
	request: Request,
	schema: Schema
): Promise<v.InferOutput<Schema>> {
	const parsed = v.safeParse(schema, await readObject(request));
	if (parsed.success) return parsed.output;
	const [issue] = parsed.issues;
	const field = v.getDotPath(issue) ?? '';
	throw invalid('bad-field', wordsFor(issue, field), field);
}
