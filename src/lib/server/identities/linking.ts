import type { Actor } from '../actor.ts';
import { config } from '../config.ts';
import type { Database } from '../database/database.ts';
import * as identities from './identities.ts';
import * as providers from './providers.ts';
import { SSO } from './settings.ts';
import * as sso from './single-sign-on.ts';

/** Whose accounts can be linked: the newsroom's own first. */
export function sources(): identities.Source[] {
	const own = config().singleSignOn;
	return [...(own ? [{ key: SSO, name: own.name }] : []), ...identities.sources()];
}

/**
 * Begins linking an account elsewhere to the actor's.
 * @returns the address to go to, and a secret for the browser that works for so many minutes.
 * @throws {Refusal} 401, 403 `confirm-first`, 404 for no such provider, 429, 502.
 */
export async function begin(
	db: Database,
	actor: Actor,
	input: { provider: string; next: string; origin: string }
): Promise<{ url: string; secret: string; minutes: number }> {
	const { provider, next, origin } = input;
	if (provider === SSO) {
		const begun = await sso.begin(db, actor, { next, links: true, back: `${origin}/sign-in/sso` });
		return { ...begun, minutes: sso.MINUTES };
	}
	const back = `${origin}/sign-in/with/${provider}/back`;
	const begun = await providers.begin(db, actor, { provider, next, links: true, back });
	return { ...begun, minutes: providers.MINUTES };
}
