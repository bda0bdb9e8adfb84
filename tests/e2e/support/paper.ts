import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discussion, guest } from './api.ts';
import { command, unique } from './site.ts';
import type { Site } from './site.ts';

/** A record of the interchange format. */
export type Row = { type: string; id: string } & Record<string, unknown>;

/** How long a whole paper may take to come in on a loaded machine (milliseconds). */
export const IMPORT_TIMEOUT = 120_000;

/** Brings records into the site as an operator would, with the command line. */
export async function importRows(site: Site, rows: Row[]): Promise<void> {
	const directory = await mkdtemp(join(tmpdir(), 'afterword-paper-'));
	const file = join(directory, 'paper.jsonl');
	await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
	await command(site, ['import', file, '--strict']);
	await rm(directory, { recursive: true });
}

/** The id of each comment of a discussion, by its Markdown; what has no text is not among them. */
export async function idsOf(site: Site, slug: string): Promise<Map<string, string>> {
	const items = await discussion(guest(site), slug, 'limit=100&');
	return new Map(items.flatMap(({ id, body }) => (body === null ? [] : [[body.trim(), id]])));
}

/** Records of one discussion, each comment a minute after the one before it. */
export function writer(article: string, start: number) {
	const rows: Row[] = [];
	return {
		rows,
		/** Adds a comment; gives its id in the file. */
		comment(author: string, body: string, more: object = {}): string {
			const id = `${article}-${rows.length}`;
			const created_at = new Date(start + rows.length * 60_000);
			rows.push({ type: 'comment', id, article, author, body, created_at, ...more });
			return id;
		}
	};
}

/** The people of a small paper, by the names under which they are printed. */
export interface Cast {
	ann: string;
	bob: string;
	/** A moderator. */
	mona: string;
	/** A byline, which is nobody's account. */
	harriet: string;
}

/** Makes up the people of a paper; in its file, their names are their ids. */
export function cast(): { cast: Cast; rows: Row[] } {
	const cast = {
		ann: unique('Ann Wake'),
		bob: unique('Bob Tide'),
		mona: unique('Mona Calm'),
		harriet: unique('Harriet Coombe')
	};
	const account = (name: string, role: string): Row => ({ type: 'account', id: name, name, role });
	const byline = { role: 'Harbour correspondent', bio: 'Writes about *boats*.' };
	const rows: Row[] = [
		account(cast.ann, 'reader'),
		account(cast.bob, 'reader'),
		account(cast.mona, 'moderator'),
		{ type: 'byline', id: cast.harriet, name: cast.harriet, ...byline }
	];
	return { cast, rows };
}
