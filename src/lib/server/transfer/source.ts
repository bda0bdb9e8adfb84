import type { Source } from './known.ts';
import { FORMAT, SOFTWARE } from './native.ts';
import type { RecordOf } from './records.ts';

/** The source of all files that do not name theirs, wherever they lie. */
export const UNNAMED: Source = { id: 'file', named: false, native: false, url: '' };

/**
 * The source that a file's `site` record names.
 * @throws {Error} for an export of a newer version of ours.
 */
export function sourceOf(fields: RecordOf<'site'> | null): Source {
	if (!fields) return UNNAMED;
	const url = fields.url ?? '';
	const id = fields.source_id ?? (url || undefined);
	if (id === undefined) return UNNAMED;
	const native = fields.software === SOFTWARE && fields.id !== undefined;
	if (native && (fields.format ?? 0) > FORMAT) {
		throw new Error(
			'This file was exported by a newer version of Afterword: update this one first.'
		);
	}
	return { id, named: true, native, url };
}
