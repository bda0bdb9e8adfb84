import { startCollector } from '../../support/otlp.ts';
import { startSite } from '../../support/server.ts';
import { send } from '../security/support/http.ts';
import { member, newArticle, post } from '../support/api.ts';
import { expect, test } from '../support/site.ts';

/** A server, commands and its end on a loaded machine (milliseconds). */
const PATIENCE = 180_000;

test('where traces are asked for, a request tells its steps, and no secret', async () => {
	test.setTimeout(PATIENCE);
	const collector = await startCollector();
	const site = await startSite({
		env: {
			OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
			OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of-the-collector',
			OTEL_SERVICE_NAME: 'the-paper',
			PROXY_DEPTH: '1'
		}
	});
	const editor = await member(site, 'editor');
	const slug = await newArticle(editor);
	await post(editor, slug, 'Words that stay here.');
	const trace = 'a'.repeat(32);
	const page = await send(site.url, `/articles/${slug}?sort=best`, {
		headers: { traceparent: `00-${trace}-${'b'.repeat(16)}-01` }
	});
	const bad = await send(site.url, '/', { headers: { traceparent: 'nonsense' } });
	expect([page.status, bad.status]).toEqual([200, 200]);
	const { spans } = collector;
	const hasJob = () => spans.some(({ name }) => name === 'job commenting');
	await expect.poll(hasJob, { timeout: 60_000 }).toBe(true);
	// What was not sent yet is sent at the end.
	expect((await site.stop()).code).toBe(0);
	await collector.stop();

	const read = spans.find(({ name, traceId }) => traceId === trace && name.startsWith('GET'))!;
	expect(read).toMatchObject({ name: 'GET /articles/[slug]', parentSpanId: 'b'.repeat(16) });
	expect(read.attributes).toEqual({
		'http.request.method': 'GET',
		'http.route': '/articles/[slug]',
		'http.response.status_code': 200,
		'afterword.request_id': page.headers['x-request-id']
	});
	expect(read.service).toBe('the-paper');
	const render = spans.find(({ name, traceId }) => traceId === trace && name === 'render')!;
	expect(render.parentSpanId).toBe(read.spanId);

	const posted = spans.find(({ name }) => name === 'POST /api/v1/articles/[slug]/comments')!;
	expect(posted.parentSpanId, 'a trace of its own').toBe('');
	const steps = spans.filter(({ traceId }) => traceId === posted.traceId);
	const answer = steps.find(({ name }) => name === 'render')!;
	const writes = steps.filter(({ name }) => name === 'database write');
	expect(writes.map(({ parentSpanId }) => parentSpanId)).toContain(answer.spanId);
	expect(writes[0].attributes).toEqual({ 'db.system.name': 'sqlite' });

	expect(collector.headers.authorization).toBe('Bearer of-the-collector');
	const all = JSON.stringify(spans);
	expect(all).not.toContain(slug);
	expect(all).not.toContain('Words that stay here');
});

test('a collector that is gone costs nobody anything', async () => {
	const collector = await startCollector();
	await collector.stop();
	const site = await startSite({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
	expect((await send(site.url, '/')).status).toBe(200);
	const { code, stderr } = await site.stop();
	expect(code).toBe(0);
	expect(stderr).not.toContain('"level":"error"');
});
