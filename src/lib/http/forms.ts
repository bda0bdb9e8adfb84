import { error, isHttpError } from '@sveltejs/kit';

/**
 * The named text fields of a posted form, '' for those that are missing; nothing else is taken.
 * @throws SvelteKit's error 400 for a body that is no form, 413 for one that is too long.
 */
export async function fields<const Name extends string>(
	request: Request,
	...names: Name[]
): Promise<Record<Name, string>> {
	const form = await request.formData().catch((thrown: unknown) => {
		if (isHttpError(thrown)) throw thrown;
		return error(400, { message: 'The form could not be read.' });
	});
	const entries = names.map((name) => {
		const value = form.get(name);
		return [name, typeof value === 'string' ? value : ''];
	});
	return Object.fromEntries(entries) as Record<Name, string>;
}
