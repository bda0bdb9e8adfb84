import { guest, type Actor } from '#lib/server/actor.ts';
import * as comments from '#lib/server/comments/comments.ts';
import type { BlockView, QuoteView } from '#lib/server/comments/view.ts';
import type { Database } from '#lib/server/database/database.ts';

/** A quote in short, as everyone sees it. */
export interface Shown {
	said: string | null;
	match: QuoteView['match'];
	/** The comment's id, or the address of the article. */
	from: string | null;
	/** The words, without those of quotes within; "withdrawn" for none. */
	words: string;
	within?: Shown[];
}

function textOf(blocks: BlockView[]): string {
	const html = blocks.map((block) => ('html' in block ? block.html : '')).join('\n');
	return html
		.replace(/<[^>]+>/g, '')
		.replace(/\s*\n\s*/g, '\n')
		.trim();
}

function short({ saidBy, match, sourceId, sourceUrl, withdrawn, blocks }: QuoteView): Shown {
	const within = quotesIn(blocks);
	return {
		said: saidBy,
		match,
		from: sourceId ?? sourceUrl,
		words: withdrawn ? 'withdrawn' : textOf(blocks),
		...(within.length === 0 ? {} : { within })
	};
}

/** The quotes among some blocks. */
export function quotesIn(blocks: BlockView[]): Shown[] {
	return blocks.flatMap((block) => ('quote' in block ? short(block.quote) : []));
}

/** The quotes of a comment as an actor (everyone, without one) sees them. */
export async function quotesOf(db: Database, id: string, actor: Actor = guest()): Promise<Shown[]> {
	const { blocks } = await comments.read(db, actor, id);
	return quotesIn(blocks ?? []);
}

/** The comment's own words as an actor (everyone, without one) sees them. */
export async function ownWords(db: Database, id: string, actor: Actor = guest()): Promise<string> {
	const { blocks } = await comments.read(db, actor, id);
	return textOf(blocks ?? []);
}
