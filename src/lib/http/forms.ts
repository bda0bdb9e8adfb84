import { error } from '@sveltejs/kit';

// The longest form has 14 fields; each one more costs, and only a machine sends hundreds.
const MOST_FIELDS = 100;

function isTooLong(thrown: unknown): boolean {
	return (thrown as { status?: unknown } | null)?.status === 413;
}

async function read(request: Request): Promise<FormData> {
	try {
		return await request.formData();
	} catch (thrown) {
		if (isTooLong(thrown)) error(413, { message: 'There was more in this form than we can take.' });
		error(400, { message: 'The form could not be read.' });
	}
}

async function parse(request: Request): Promise<FormData> {
	const form = await read(request);
	if ([...form.keys()].length > MOST_FIELDS) {
		error(400, { message: 'The form has more fields than any of ours.' });
	}
	return form;
}

function textsOf<Name extends string>(form: FormData, names: Name[]): Record<Name, string> {
	const entries = names.map((name) => {
		const value = form.get(name);
		return [name, typeof value === 'string' ? value : ''];
	});
	return Object.fromEntries(entries) as Record<Name, string>;
}

/** A file of a posted form; empty when there is none. @throws as `fields` */
export async function fileOf(request: Request, name: string): Promise<Uint8Array> {
	const value = (await parse(request)).get(name);
	return typeof value === 'object' && value !== null ? value.bytes() : new Uint8Array();
}

/**
 * The named text fields of a posted form, '' for those that are missing; nothing else is taken.
 * @throws SvelteKit's error 400 for a body that is no form or has too many fields, 413 for one that is too long.
 */
export async function fields<const Name extends string>(
	request: Request,
	...names: Name[]
): Promise<Record<Name, string>> {
	return textsOf(await parse(request), names);
}

/** As `fields`, with all the values of one that may come several times. @throws as `fields` */
export async function fieldsAndList<const List extends string, const Name extends string>(
	request: Request,
	list: List,
	...names: Name[]
): Promise<Record<Name, string> & Record<List, string[]>> {
	const form = await parse(request);
	const values = form.getAll(list).filter((value) => typeof value === 'string');
	return { ...textsOf(form, names), ...({ [list]: values } as Record<List, string[]>) };
}
