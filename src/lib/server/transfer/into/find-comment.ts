import { standingOf, type Batch } from '../batch.ts';

/**
 * What a comment is found by. Where the file does not name its source, two files may have a "1": the
 * one that came second is known by its article too.
 */
export async function findComment(
	batch: Batch,
	articleId: string,
	article: string,
	id: string
): Promise<{ key: string; id: string | null }> {
	const known = await batch.known.get('comment', id);
	if (known === null || batch.source.named) return { key: id, id: known };
	const { articleId: there } = await standingOf(batch, known);
	if (there === articleId) return { key: id, id: known };
	const key = `${article}\n${id}`;
	return { key, id: await batch.known.get('comment', key) };
}

/** The name under which a comment waits for its parent, and is waited for. */
export function waitingKey(batch: Batch, article: string, id: string): string {
	return batch.source.named ? id : `${article}\n${id}`;
}
