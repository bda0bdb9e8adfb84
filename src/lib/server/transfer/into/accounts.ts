import { eq } from 'drizzle-orm';
import { DELETED_NAME, deletedKey } from '../../accounts/deleted.ts';
import { emailKey } from '../../accounts/addresses/emails.ts';
import { nameKey } from '../../accounts/names/names.ts';
import { accounts } from '../../database/schema.ts';
import { normaliseLine } from '../../text/normalise.ts';
import { freeName } from '../account-names.ts';
import type { Batch } from '../batch.ts';
import type { RecordOf } from '../records.ts';
import { note } from '../report.ts';
import { idFor } from './support.ts';

async function emailFor(batch: Batch, line: number, text: string | undefined) {
	const email = normaliseLine(text ?? '').normalize('NFKC');
	if (email === '') return { email: null, emailKey: null };
	const key = emailKey(email);
	const taken =
		key === null
			? []
			: await batch.tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.emailKey, key));
	if (key !== null && taken.length === 0) return { email, emailKey: key };
	const why = key === null ? 'is no e-mail address' : 'belongs to another account';
	note(batch.report, line, `"email" ${why} and was left out`);
	return { email: null, emailKey: null };
}

/** Files that do not name their source may use one id for different people. */
async function warnOfAnother(batch: Batch, line: number, name: string, id: string): Promise<void> {
	if (batch.source.named) return;
	const [row] = await batch.tx
		.select({ name: accounts.name })
		.from(accounts)
		.where(eq(accounts.id, id));
	if (nameKey(row.name).startsWith(nameKey(name))) return;
	note(
		batch.report,
		line,
		`this id was imported before, as "${row.name}": give each file a "site" record with a "source_id"`
	);
}

/** What became of the categories that a moderator is limited to; one that is not there gives no rights. */
async function categoriesOf(batch: Batch, ids: string[]): Promise<string[]> {
	const here = await Promise.all(ids.map((id) => batch.known.get('category', id)));
	return here.filter((id) => id !== null);
}

/** The name that an account gets here; a deleted one has the name of them all. */
async function nameFor(batch: Batch, line: number, fields: RecordOf<'account'>, id: string) {
	const { native } = batch.source;
	if (native && fields.afterword?.deleted_at) {
		return { name: DELETED_NAME, key: deletedKey(id), skeleton: deletedKey(id) };
	}
	const wanted = normaliseLine(fields.name);
	const name = await freeName(batch.tx, wanted, { reservedToo: native });
	if (name.name !== wanted) {
		note(batch.report, line, `the account "${wanted.slice(0, 60)}" is called "${name.name}" here`);
	}
	return name;
}

/** Makes an account; it never becomes one that is there already. */
export async function importAccount(
	batch: Batch,
	line: number,
	fields: RecordOf<'account'>
): Promise<void> {
	const existing = await batch.known.get('account', fields.id);
	if (existing !== null) {
		batch.report.unchanged++;
		return warnOfAnother(batch, line, fields.name, existing);
	}
	const native = batch.source.native ? fields.afterword : undefined;
	const createdAt = fields.created_at ?? batch.at;
	const id = idFor(batch, fields.id, createdAt);
	const name = await nameFor(batch, line, fields, id);
	await batch.tx.insert(accounts).values({
		id,
		name: name.name,
		nameKey: name.key,
		nameSkeleton: name.skeleton,
		...(await emailFor(batch, line, fields.email)),
		passwordHash: fields.password_hash ?? null,
		role: fields.role ?? 'reader',
		bio: (fields.bio ?? '').trim(),
		createdAt,
		suspendedUntil: fields.suspended_until ?? null,
		bannedAt: native?.banned_at ?? (fields.banned ? batch.at : null),
		approvalRequiredAt: native?.approval_required_at ?? null,
		warningId: native?.warning ?? null,
		moderates: native?.moderates ? await categoriesOf(batch, native.moderates) : null,
		reportsUpheld: native?.reports_upheld ?? 0,
		reportsDismissed: native?.reports_dismissed ?? 0,
		// Other software's word for an address is taken for its own confirmation.
		emailConfirmedAt: native ? (native.email_confirmed_at ?? null) : createdAt,
		renamedAt: native?.renamed_at ?? null,
		pictureId: native?.picture ?? null,
		deletesAt: native?.deletes_at ?? null,
		deletesComments: native?.deletes_comments ?? false,
		deletedAt: native?.deleted_at ?? null,
		mailsAnswers: native?.mails_answers,
		mailsFollowed: native?.mails_followed,
		mailedAt: native?.mailed_at ?? null,
		revision: native ? 0 : 1
	});
	if (native) batch.scratch.addFresh({ kind: 'account', id, revision: native.revision });
	batch.known.learn('account', fields.id, id);
	batch.report.accounts++;
}
