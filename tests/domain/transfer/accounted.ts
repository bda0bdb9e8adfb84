import { eq } from 'drizzle-orm';
import type { Member } from '#lib/server/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as schema from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';

/** Writes into every table and column that an account alone has something other than its default. */
export async function accounted(db: Database, { accountId }: Member): Promise<void> {
	const [createdAt, usedAt] = [new Date('2026-03-04T05:06:07Z'), new Date('2026-04-04T05:06:07Z')];
	await db.write(async (tx) => {
		await tx.insert(schema.pictures).values({ id: 'a-hash-of-it', image: 'UklGRg==', createdAt });
		await tx
			.update(schema.accounts)
			.set({
				...{ emailConfirmedAt: createdAt, renamedAt: usedAt, pictureId: 'a-hash-of-it' },
				...{ deletesAt: usedAt, deletesComments: true },
				...{ mailsAnswers: 'daily', mailsFollowed: 'soon', mailedAt: usedAt }
			})
			.where(eq(schema.accounts.id, accountId));
		await tx.insert(schema.previousNames).values({
			...{ nameKey: 'olaf gull', nameSkeleton: 'olaf gull', name: 'Olaf Gull' },
			...{ accountId, endedAt: usedAt }
		});
		await tx.insert(schema.passkeys).values({
			...{ id: 'Zm9v-_8', accountId, publicKey: 'cHVi', counter: 7, transports: ['usb'] },
			...{ synced: true, label: 'The blue key', createdAt, usedAt }
		});
		await tx
			.insert(schema.authenticators)
			.values({ accountId, secret: 'JBSWY3DP', confirmedAt: createdAt, lastStep: 9, createdAt });
		await tx.insert(schema.recoveryCodes).values({ id: 'ab12', accountId, createdAt, usedAt });
		await tx.insert(schema.identities).values({
			...{ provider: 'gazette', subject: '00u1/x', accountId, label: 'olaf@gazette.example' },
			...{ createdAt, usedAt }
		});
		await tx.insert(schema.securityEvents).values({
			...{ id: newId(), kind: 'sign-in', accountId, actorId: accountId, address: '10.0.0.9' },
			...{ requestId: 'a-request', details: { device: 'Firefox on Linux' }, createdAt }
		});
	});
}
