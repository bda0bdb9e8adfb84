import type { World } from './world.ts';

/** What stands for each parameter of a route, by the part of the address before it. */
function parameters(world: World): [pattern: RegExp, value: string][] {
	return [
		[/(?<=^\/newsroom\/bylines\/|^\/bylines\/)\[slug\]/, world.byline],
		[/(?<=^\/categories\/)\[slug\]/, world.category],
		[/\[slug\]/, world.stories.open],
		[/\[id\]/, world.remarks.published],
		[/\[name\]/, 'Alice%20Writer'],
		[/\[guide\]/, 'operating'],
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
