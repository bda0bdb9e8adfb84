import { query } from './database.ts';
import type { World } from './world.ts';

function quoteIn({ site, remarks }: World): string {
	const sql = 'select id from quotes where comment_id = ?';
	return query<{ id: string }>(site, sql, remarks.altering)[0].id;
}

function statementOf({ site, remarks }: World): string {
	const sql = 'select id from statements where comment_id = ?';
	return query<{ id: string }>(site, sql, remarks.removed)[0].id;
}

/** What stands for each parameter of a route, by the part of the address before it. */
function parameters(world: World): [pattern: RegExp, value: string][] {
	return [
		[/(?<=^\/newsroom\/bylines\/|^\/bylines\/)\[slug\]/, world.byline],
		[/(?<=^\/categories\/)\[slug\]/, world.category],
		[/\[slug\]/, world.stories.open],
		[/(?<=^\/quotes\/)\[id\]/, quoteIn(world)],
		[/(?<=^\/problems\/)\[id\]/, `${world.problems.guests}?key=${world.problems.secret}`],
		[/(?<=\/problems\/)\[id\]/, world.problems.alices],
		[/(?<=^\/statements\/)\[id\]/, statementOf(world)],
		[/(?<=^\/reports\/)\[id\]/, world.receipt],
		[/\[id\]/, world.remarks.published],
		[/\[version\]/, '1'],
		[/\[year\]/, String(new Date().getUTCFullYear())],
		[/(?<=^\/sitemaps\/)\[name\]/, 'sections'],
		[/\[name\]/, 'Alice%20Writer'],
		[/\[guide\]/, 'operating'],
		[/\[key\]/, 'nobody'],
		[/\[x\+2e\]/, '.'],
		[/\[\.\.\.path\]/, 'nothing/here']
	];
}

/** The address of a route's page in a world. @throws {Error} for a parameter that it does not know */
export function pathOf(world: World, route: string): string {
	const path = parameters(world).reduce(
		(filled, [pattern, value]) => filled.replace(pattern, value),
		route
	);
	if (path.includes('[')) throw new Error(`Say in support/paths.ts what stands for ${path}.`);
	return path;
}
