/**
 * Loaded before everything else (`--import`) by whatever asks the database. Linking the 448 ES modules of
 * drizzle-orm, which import each other in circles, takes Node half a second and 100 MB, most of which
 * the process never gives back; the same library is there as CommonJS, which takes neither.
 */
import { registerHooks } from 'node:module';

const ORM = /^drizzle-orm(?:\/|$)/;
const COMMON_JS = ['require', 'node'];

registerHooks({
	resolve(specifier, context, next) {
		return next(specifier, ORM.test(specifier) ? { ...context, conditions: COMMON_JS } : context);
	}
});
