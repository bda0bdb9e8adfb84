import { query } from './support/database.ts';
import { form } from './support/http.ts';
import { expect, test } from './support/world.ts';

interface Row {
	kind: string;
	account_id: string | null;
	request_id: string;
	address: string | null;
	details: string;
	created_at: number;
}

const HOSTILE = 'evil\u001b[2Jline\u202e';

test('L1 L2 what is refused is kept with its request, one line of the log each', async ({
	world
}) => {
	const { site, people } = world;
	const answers = [
		await people.bob.get('/admin/security'),
		await people.bob.post('/admin/settings?/name', { name: 'Forged' }),
		await people.bob.send('/sign-out', {
			method: 'POST',
			headers: {
				'Content-Type': 'application/x-www-form-urlencoded',
				Origin: 'https://evil.test',
				'User-Agent': encodeURIComponent(HOSTILE)
			},
			body: form({})
		}),
		await people.guest.post('/sign-in', { name: `${HOSTILE}\r\n{"level":"error"}`, password: 'x' })
	];
	const kinds = ['request.denied', 'request.denied', 'request.forged', 'sign-in.failed'];
	for (const [n, { headers }] of answers.entries()) {
		const id = headers['x-request-id'];
		const sql = 'select * from security_events where kind = ? order by id desc limit 2';
		const rows = query<Row>(site, sql, kinds[n]);
		if (id) expect(rows.map((row) => row.request_id)).toContain(id);
		expect(rows[0]).toMatchObject({ kind: kinds[n], address: '127.0.0.1' });
		expect(rows[0].created_at).toBeGreaterThan(Date.now() - 60_000);
		expect(rows[0].details).not.toContain('evil\\u001b');
	}
	const lines = site
		.output()
		.split('\n')
		.filter((line) => line.includes('"event":"security"'));
	expect(lines.length).toBeGreaterThan(4);
	for (const line of lines) {
		expect(line).toMatch(/^[\x20-\x7e]+$/);
		expect(JSON.parse(line)).toMatchObject({ event: 'security' });
	}
	expect(site.output()).not.toContain('\u001b');
});

test('I12 the file of events holds no formula, and only administrators get it', async ({
	world
}) => {
	const { admin, editor } = world.people;
	expect((await editor.get('/admin/security/events.csv')).status).toBe(404);
	await world.people.bob.send('/sign-out', {
		method: 'POST',
		headers: { Origin: '=cmd|calc' },
		body: ''
	});
	const file = await admin.get('/admin/security/events.csv?kind=request.forged');
	expect(file.status).toBe(200);
	expect(file.headers['content-disposition']).toContain('security-events.csv');
	expect(file.text).toContain('origin: =cmd');
	for (const line of file.text.split('\r\n')) expect(line).not.toMatch(/(^|,)"?[=+@-]/);
});
