/** An answer with Markdown, for the script of the page; it holds for this moment and this reader. */
export function markdownAnswer(markdown: string): Response {
	const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
	return new Response(markdown, { headers });
}
