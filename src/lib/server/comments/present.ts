import { eq } from 'drizzle-orm';
import { pictureUrl } from '../../format/people.ts';
import { within, type Actor } from '../actor.ts';
import { DELETED_NAME } from '../accounts/deleted.ts';
import type { Read } from '../database/database.ts';
import { listOf } from '../database/placeholders.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, comments } from '../database/schema.ts';
import * as findings from '../moderation/screen/findings.ts';
import * as backlinks from '../quotes/backlinks.ts';
import * as quotes from '../quotes/join.ts';
import * as ownPart from './own-part.ts';
import { authorName, type CommentRow } from './rows.ts';
import { isAuthor, isReadable, type RuledDiscussion } from './rules.ts';
import type { CommentView, PersonView } from './view.ts';

/** A comment as the actor may see it, without what it is to them alone. */
export type SharedView = Omit<CommentView, keyof ownPart.OwnPart>;

/** The article that presented comments stand on. */
export interface PresentedArticle extends RuledDiscussion {
	id: string;
	slug: string;
	title: string;
	revision: number;
	categoryId: string | null;
}

/** The address of a person's page. */
export function personUrl(name: string): string {
	return `/people/${encodeURIComponent(name)}`;
}

/** The address of the page of whoever has an account; null for others, and for deleted accounts. */
export function pageOf(accountName: string | null): string | null {
	return accountName === null || accountName === DELETED_NAME ? null : personUrl(accountName);
}

function person(row: CommentRow): PersonView {
	return {
		name: authorName(row),
		url: pageOf(row.accountName),
		role: row.accountRole ?? 'guest',
		...(row.accountPicture && { picture: pictureUrl(row.accountPicture) })
	};
}

const some = listOf(30);
const authorsOfSome = prepared((db: Read) =>
	db
		.select({
			id: comments.id,
			status: comments.status,
			guestName: comments.guestName,
			accountName: accounts.name
		})
		.from(comments)
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.where(some.has(comments.id))
		.prepare('authors_of')
);

/** By the ids of comments; null for one that was deleted. */
type Names = Map<string, string | null>;

/** The names of the authors of parents; those among the rows themselves cost no query. */
async function parentNames(db: Read, rows: CommentRow[]): Promise<Names> {
	const names: Names = new Map();
	for (const row of rows) names.set(row.id, row.status === 'deleted' ? null : authorName(row));
	const missing = new Set<string>();
	for (const { parentId } of rows) {
		if (parentId !== null && !names.has(parentId)) missing.add(parentId);
	}
	if (missing.size === 0) return names;
	const parents = await some.all([...missing], (values) => authorsOfSome(db).execute(values));
	for (const row of parents) if (row.status !== 'deleted') names.set(row.id, authorName(row));
	return names;
}

/** Why screening held or rejected those among comments whose words the actor may read. */
async function reasonsOf(db: Read, rows: CommentRow[]): Promise<Map<string, string[]>> {
	const unpublished = rows.filter((row) => row.status !== 'published').map((row) => row.id);
	const found = await findings.of(db, unpublished);
	return new Map([...found].map(([id, views]) => [id, views.map(({ words }) => words)]));
}

/** Makes the views of rows, once all that they need is read. */
async function viewer(
	db: Read,
	actor: Actor,
	article: PresentedArticle,
	rows: CommentRow[]
): Promise<(row: CommentRow) => SharedView> {
	const here = within(actor, article.categoryId);
	const shown = rows.filter((row) => isReadable(here, row));
	const quoting = shown.filter((row) => quotes.hasQuote(row.blocks)).map((row) => row.id);
	const [quoteMap, quotedBy, names, held] = await Promise.all([
		quotes.load(db, quoting),
		backlinks.counts(
			db,
			actor,
			shown.filter((row) => row.everQuoted).map((row) => row.id)
		),
		parentNames(db, rows),
		reasonsOf(db, shown)
	]);
	const { id, slug, title, revision } = article;
	const there = { id, slug, title, revision };
	return (row) => ({
		id: row.id,
		url: `/c/${row.id}`,
		article: there,
		rootId: row.rootId,
		parentId: row.parentId,
		depth: row.depth,
		replySeq: row.replySeq,
		replyingTo: replyingTo(row.parentId, names),
		author: row.status === 'deleted' ? null : person(row),
		status: row.status,
		held: held.get(row.id) ?? null,
		ground: row.status === 'removed' ? row.ground : null,
		blocks: isReadable(here, row) ? quotes.blocks(row.blocks, quoteMap) : null,
		revision: row.revision,
		score: row.score,
		quotedBy: quotedBy.get(row.id) ?? 0,
		createdAt: row.createdAt,
		editedAt: row.editedAt,
		byAuthor: row.byAuthor,
		picked: row.pickedAt !== null,
		folded: row.foldedAt !== null && row.status === 'published'
	});
}

/** With what it is to one reader. By their names: what is spread over what is there already costs more than making it. */
function withOwn(
	view: SharedView,
	{ mine, recommended, muted, followed, can }: ownPart.OwnPart
): CommentView {
	return { ...view, mine, recommended, muted, followed, can };
}

/** Comments of one article as the actor may see them, in the order given. */
export async function present(
	db: Read,
	actor: Actor,
	article: PresentedArticle,
	rows: CommentRow[]
): Promise<CommentView[]> {
	const [view, own] = await Promise.all([
		viewer(db, actor, article, rows),
		ownPart.of(db, actor, article, rows)
	]);
	return rows.map((row) => withOwn(view(row), own(row)));
}

/** The same for programs, which are not told what each is to the actor. */
export async function presentShared(
	db: Read,
	actor: Actor,
	article: PresentedArticle,
	rows: CommentRow[]
): Promise<SharedView[]> {
	return rows.map(await viewer(db, actor, article, rows));
}

/** A comment as a guest sees it, with what the rules ask of it for others. */
export interface Common {
	row: CommentRow;
	view: CommentView;
}

/**
 * Comments as readers see them whose common part is there already, by their ids: only what they are to
 * the actor is asked. Not for staff, who see more.
 */
export async function layOver(
	db: Read,
	actor: Actor,
	article: PresentedArticle,
	common: Common[]
): Promise<Map<string, CommentView>> {
	const rows = common.map(({ row }) => row);
	// Nobody but their author reads these.
	const unpublished = rows.filter((row) => isAuthor(actor, row) && row.status !== 'published');
	const [own, whole] = await Promise.all([
		ownPart.of(db, actor, article, rows),
		unpublished.length > 0 ? present(db, actor, article, unpublished) : []
	]);
	const views = new Map<string, CommentView>();
	for (const { row, view } of common) views.set(row.id, withOwn(view, own(row)));
	for (const view of whole) views.set(view.id, view);
	return views;
}

function replyingTo(parentId: string | null, names: Names): CommentView['replyingTo'] {
	const name = parentId === null ? null : (names.get(parentId) ?? null);
	return name === null ? null : { id: parentId!, name };
}
