import type { Plugin } from 'vite';

/** A place in code that is not ours, and what stands there in our build. */
export interface Replacement {
	id: RegExp;
	from: string;
	to: string;
}

function replaced(code: string, id: string, { from, to }: Replacement): string {
	if (!code.includes(from)) throw new Error(`${id} has no ${from} any more.`);
	return code.replace(from, () => to);
}

/**
 * Replaces places of libraries while the server is built. The build stops where one of them is not there: the
 * library has changed, and so must what is replaced.
 */
export function replacing(name: string, replacements: Replacement[]): Plugin {
	return {
		name,
		apply: 'build',
		transform: {
			filter: { id: replacements.map(({ id }) => id) },
			handler(code, id) {
				const wanted = replacements.filter((one) => one.id.test(id));
				const made = wanted.reduce((made, one) => replaced(made, id, one), code);
				return { code: made, map: null };
			}
		}
	};
}
