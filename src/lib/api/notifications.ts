import type { NotificationView } from '#lib/server/notifications/notifications.ts';
import { asPerson } from './people.ts';
import type { Shape } from './schemas.ts';

/** Something that the asker was told, as the API answers it. @param origin what its addresses begin with */
export function asNotification(
	origin: string,
	{ id, kind, at, read, url, comment, statement, problem, article }: NotificationView
): Shape<'Notification'> {
	return {
		...{ id, kind, created_at: at.toISOString(), read, url: origin + url },
		comment: comment?.id ?? null,
		statement: statement?.id ?? null,
		problem: problem?.id ?? null,
		article: article?.slug ?? null,
		author: comment && asPerson(origin, comment.author),
		excerpt: comment?.excerpt ?? null
	};
}
