import type { NotificationView } from '#lib/server/notifications/notifications.ts';
import { asPerson } from './people.ts';
import type { Shape } from './schemas.ts';

/** Something that the asker was told, as the API answers it. @param origin what its addresses begin with */
export function asNotification(
	origin: string,
	{ id, kind, at, read, commentId, url, article, author, excerpt }: NotificationView
): Shape<'Notification'> {
	return {
		...{ id, kind, created_at: at.toISOString(), read, comment: commentId, url: origin + url },
		...{ article: article.slug, author: asPerson(origin, author), excerpt }
	};
}
