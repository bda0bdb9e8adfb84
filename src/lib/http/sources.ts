import type { SourceView } from '#lib/components/sign-in/sources.ts';
import { config } from '#lib/server/config.ts';
import * as identities from '#lib/server/identities/identities.ts';

/** Whose accounts people may sign in with: the newsroom's own first. */
export function sources(): SourceView[] {
	const own = config().singleSignOn;
	return [
		...(own ? [{ url: '/sign-in/sso?/go', name: own.name }] : []),
		...identities.sources().map(({ key, name }) => ({ url: `/sign-in/with/${key}`, name }))
	];
}
