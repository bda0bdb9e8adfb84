const RULES = `# Stories, discussions and people may be read by anyone. These lead nowhere that could be found again:
# forms, what one does with a comment, and the same discussion in another order.
User-agent: *
Disallow: /account
Disallow: /api/
Disallow: /sign-in
Disallow: /sign-up
Disallow: /sign-out
Disallow: /articles/*/live
Disallow: /articles/*/people
Disallow: /*?*reply=
Disallow: /*?*quote=
`;

/** What crawlers are asked (RFC 9309), and where the sitemap is, which takes a whole address. */
export function robots(origin: string | null): string {
	return origin === null ? RULES : `${RULES}\nSitemap: ${origin}/sitemap.xml\n`;
}
