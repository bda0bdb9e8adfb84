import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import * as accounts from '#lib/server/accounts/accounts.ts';
import { config } from '#lib/server/config.ts';
import type { Database } from '#lib/server/database/database.ts';
import { pictures as rows } from '#lib/server/database/schema.ts';
import * as pictures from '#lib/server/pictures/pictures.ts';
import { sweep } from '#lib/server/pictures/unused.ts';
import * as site from '#lib/server/site/site.ts';
import { person, refusal, stranger } from '../accounts/support/people.ts';
import { testDatabase } from '../support/database.ts';

let db: Database;
beforeAll(async () => {
	db = await testDatabase();
	await site.ensure(db);
	config().pictures = true;
});

function drawn(background: string, width = 600, height = 400) {
	return sharp({ create: { width, height, channels: 3, background } });
}

async function idOf(name: string): Promise<string | null> {
	return (await accounts.byName(db.read, name))!.pictureId;
}

test.each(['jpeg', 'png', 'webp'] as const)(
	'a %s becomes a small square without a past',
	async (format) => {
		const { actor } = await person(db, `Draws ${format}`);
		const { revision } = await site.current(db);
		const bytes = await drawn('red')
			.withExif({ IFD0: { Copyright: 'Somebody at home' } })
			.toFormat(format)
			.toBuffer();
		await pictures.set(db, actor, bytes);
		const image = (await pictures.read(db.read, (await idOf(actor.name))!))!;
		const { exif, ...made } = await sharp(image).metadata();
		expect(made).toMatchObject({ format: 'webp', width: 256, height: 256 });
		expect(exif).toBeUndefined();
		expect(image.toString('latin1')).not.toContain('Somebody at home');
		expect((await site.current(db)).revision).toBe(revision + 1);
	}
);

/** A PNG that says of itself that it has a billion pixels. */
async function bomb(): Promise<Buffer> {
	const bytes = await drawn('red', 10, 10).png().toBuffer();
	bytes.writeUInt32BE(40_000, 16);
	bytes.writeUInt32BE(40_000, 20);
	return bytes;
}

describe('refuses', () => {
	const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
	test.each<[string, () => Promise<Buffer>]>([
		['an SVG', () => Promise.resolve(Buffer.from(SVG))],
		['a GIF', () => drawn('red').gif().toBuffer()],
		['a TIFF', () => drawn('red').tiff().toBuffer()],
		['words', () => Promise.resolve(Buffer.from('<script>'))],
		['nothing', () => Promise.resolve(Buffer.alloc(0))],
		['a file that is too large', () => Promise.resolve(Buffer.alloc(3 * 1024 * 1024))],
		['half a picture', async () => (await drawn('red').png().toBuffer()).subarray(0, 60)],
		['a billion pixels', bomb]
	])('%s', async (what, make) => {
		const { actor } = await person(db, `Sends ${what.replaceAll(' ', '')}`.slice(0, 30));
		const refused = await refusal(pictures.set(db, actor, await make()));
		expect([refused.status, refused.details.field]).toEqual([422, 'picture']);
		expect(await idOf(actor.name)).toBeNull();
	});

	test('guests, who is barred, and everybody where there are none', async () => {
		const bytes = await drawn('red').png().toBuffer();
		expect((await refusal(pictures.set(db, stranger(), bytes))).status).toBe(401);
		const { actor } = await person(db, 'Barred Painter');
		const barred = { ...actor, barred: { kind: 'banned', until: null } as const };
		expect((await refusal(pictures.set(db, barred, bytes))).status).toBe(403);
		config().pictures = false;
		expect((await refusal(pictures.set(db, actor, bytes))).status).toBe(404);
		config().pictures = true;
	});
});

test('what nobody shows any more is deleted, what another has stays', async () => {
	const bytes = await drawn('green').png().toBuffer();
	const [one, two] = [await person(db, 'Same One'), await person(db, 'Same Two')];
	await pictures.set(db, one.actor, bytes);
	await pictures.set(db, two.actor, bytes);
	const id = (await idOf('Same One'))!;
	expect(await idOf('Same Two')).toBe(id);
	await pictures.remove(db, one.actor);
	expect(await pictures.read(db.read, id)).not.toBeNull();
	await pictures.remove(db, two.actor);
	expect(await pictures.read(db.read, id)).toBeNull();
});

test('moderators take a picture away, with a reason', async () => {
	const { actor } = await person(db, 'Rude Picture');
	const { actor: moderator } = await person(db, 'Mona Looks', 'moderator');
	await pictures.set(db, actor, await drawn('blue').png().toBuffer());
	const input = { name: 'Rude Picture', reason: 'Not for here.' };
	expect((await refusal(pictures.take(db, actor, input))).status).toBe(403);
	expect((await refusal(pictures.take(db, moderator, { ...input, reason: ' ' }))).status).toBe(422);
	const limited = { ...moderator, moderates: [] };
	expect((await refusal(pictures.take(db, limited, input))).status).toBe(403);
	await pictures.take(db, moderator, input);
	expect(await idOf('Rude Picture')).toBeNull();
	expect((await refusal(pictures.take(db, moderator, input))).status).toBe(404);
});

test('I8 a picture that a provider names is not fetched from this network', async () => {
	const { account } = await person(db, 'Named Picture');
	await pictures.adopt(db, account.id, 'http://127.0.0.1/picture.png');
	expect(await idOf('Named Picture')).toBeNull();
});

test('a picture that no account has is swept away', async () => {
	const { actor } = await person(db, 'Keeps Hers');
	await pictures.set(db, actor, await drawn('teal').png().toBuffer());
	await db.write((tx) =>
		tx.insert(rows).values({ id: 'nobodys', image: 'eA==', createdAt: new Date() })
	);
	await sweep(db);
	expect(await pictures.read(db.read, 'nobodys')).toBeNull();
	expect(await pictures.read(db.read, (await idOf(actor.name))!)).not.toBeNull();
});
