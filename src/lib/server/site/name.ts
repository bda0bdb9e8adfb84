import * as v from 'valibot';
import { requireRole, type Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { site } from '../database/schema.ts';
import * as settings from '../settings/settings.ts';
import { normaliseLine } from '../text/normalise.ts';
import { DEFAULT_NAME, touch } from './site.ts';

/** Characters: a masthead has one line. */
export const LONGEST_NAME = 60;

/** What the newsroom calls its site. What holds stands in the site's own row, which every page reads. */
export const siteName: settings.Setting<{ name: string }> = {
	key: 'site-name',
	schema: v.object({
		name: v.pipe(
			v.string(),
			v.transform(normaliseLine),
			v.minLength(1, 'The site needs a name.'),
			v.maxLength(LONGEST_NAME, `A name has at most ${LONGEST_NAME} characters.`)
		)
	}),
	initial: { name: DEFAULT_NAME },
	role: 'admin'
};

/**
 * Gives the site another name, which stands on every page.
 * @throws {Refusal} 401, 403 for all but administrators, 422 for what is no name.
 */
export async function rename(db: Database, actor: Actor, name: string): Promise<void> {
	requireRole(actor, siteName.role);
	const checked = settings.check(siteName, { name });
	await db.write(async (tx) => {
		await tx.update(site).set(checked);
		await touch(tx);
		await settings.store(tx, actor, siteName, checked);
	});
}
