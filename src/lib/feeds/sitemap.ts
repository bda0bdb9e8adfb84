import * as categories from '#lib/server/articles/categories.ts';
import * as months from '#lib/server/articles/months.ts';
import type { Database } from '#lib/server/database/database.ts';
import { absolute } from './address.ts';
import { document, type Element } from './xml.ts';

// As many as one may have (sitemaps.org). No newspaper writes so much in a month.
const MOST = 50_000;
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';
/** The sitemap of what is no article. */
const SECTIONS = 'sections';

interface Place {
	path: string;
	/** When it changed last, where that is known. */
	updatedAt?: Date;
}

function write(root: 'sitemapindex' | 'urlset', origin: string, places: Place[]): string {
	const name = root === 'urlset' ? 'url' : 'sitemap';
	const elements = places.map(({ path, updatedAt }): Element => {
		const changed: Element[] = updatedAt ? [['lastmod', {}, updatedAt.toISOString()]] : [];
		return [name, {}, [['loc', {}, absolute(origin, path)], ...changed]];
	});
	return document([root, { xmlns: NAMESPACE }, elements]);
}

/** The sitemaps: one for the sections, and one a month, so that none changes because of what is written later. */
export async function index(db: Database, origin: string): Promise<string> {
	const names = [SECTIONS, ...(await months.list(db))];
	const places = names.map((name) => ({ path: `/sitemaps/${name}.xml` }));
	return write('sitemapindex', origin, places);
}

/** One sitemap: of a month's articles, or of the sections and `guides` (paths). Null where there is none of this name. */
export async function read(
	db: Database,
	origin: string,
	{ name, guides }: { name: string; guides: string[] }
): Promise<string | null> {
	if (name === SECTIONS) {
		const sections = (await categories.list(db)).map(({ slug }) => `/categories/${slug}`);
		const paths = ['/', ...sections, ...guides];
		return write(
			'urlset',
			origin,
			paths.map((path) => ({ path }))
		);
	}
	const articles = await months.read(db, name, MOST);
	if (articles === null) return null;
	const places = articles.map(({ url, updatedAt }) => ({ path: url, updatedAt }));
	return write('urlset', origin, places);
}
