import { and, eq, sql } from 'drizzle-orm';
import { hash } from 'node:crypto';
import type { Member } from '../actor.ts';
import type { Database, Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { comments } from '../database/schema.ts';
import { conflict, invalid } from '../refusal.ts';
import { posted, type Posted, type PostInput } from './posting.ts';
import { tidy } from './written.ts';

// Longer than any UUID or form key; it is stored with the comment.
const KEY_LENGTH = 200;

/** What was posted, in short: the same key with other contents is another comment. */
export function hashOf({ article, parent, body }: PostInput): string {
	return hash('sha256', JSON.stringify([article, parent ?? null, tidy(body)]), 'base64url');
}

/** The key if one was given. @throws {Refusal} 422 when it cannot be one */
export function checkKey(key: string | null | undefined): string | null {
	if (!key) return null;
	if (key.length <= KEY_LENGTH && /^[\x21-\x7e]+$/.test(key)) return key;
	throw invalid('bad-key', 'The idempotency key is too long or has odd characters.');
}

const byKey = prepared((db: Read) =>
	db
		.select({ id: comments.id, status: comments.status, hash: comments.postedHash })
		.from(comments)
		.where(
			and(
				eq(comments.authorId, sql.placeholder('author')),
				eq(comments.idempotencyKey, sql.placeholder('key'))
			)
		)
		.prepare('posted_before')
);

/** What was posted before under the same key, or null. @throws {Refusal} 409 when that was something else */
export async function postedBefore(
	db: Database,
	actor: Member,
	key: string | null,
	hash: string
): Promise<Posted | null> {
	if (key === null) return null;
	const [before] = await byKey(db.read).execute({ author: actor.accountId, key });
	if (!before) return null;
	if (before.hash !== hash) {
		throw conflict(
			'key-reused',
			'Another comment was posted from this form already. Post again to add this one.'
		);
	}
	return posted(before.id, before.status, false);
}
