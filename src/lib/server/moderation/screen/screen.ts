import { isStaff, within, type Actor, type Member } from '../../actor.ts';
import type { Block } from '../../comments/body.ts';
import { config } from '../../config.ts';
import type { Database, Tx } from '../../database/database.ts';
import * as facts from './facts.ts';
import type { Facts, Writing } from './facts.ts';
import type { Finding } from './findings.ts';
import * as checks from './outside/checks.ts';
import type { Question } from './outside/question.ts';
import { bannedWords } from './phases/banned-words.ts';
import { flood } from './phases/flood.ts';
import { length } from './phases/length.ts';
import { links } from './phases/links.ts';
import { newcomer } from './phases/newcomer.ts';
import { outsideCheck } from './phases/outside-check.ts';
import type { Phase } from './phases/phase.ts';
import { premoderatedArticle } from './phases/premoderated-article.ts';
import { premoderatedSite } from './phases/premoderated-site.ts';
import { repeatedText } from './phases/repeated-text.ts';
import { sanctionedAuthor } from './phases/sanctioned-author.ts';
import { suspectWords } from './phases/suspect-words.ts';
import * as rules from './rules.ts';
import { subjectOf, type Subject } from './subject.ts';
import { PHASES, type PhaseName } from './verdicts.ts';

const RUN: Record<PhaseName, Phase> = {
	length,
	links,
	'banned-words': bannedWords,
	'suspect-words': suspectWords,
	'repeated-text': repeatedText,
	flood,
	newcomer,
	'sanctioned-author': sanctionedAuthor,
	'premoderated-article': premoderatedArticle,
	'premoderated-site': premoderatedSite,
	'outside-check': outsideCheck
};

/** Everything that the phases find in a text, in their order. */
export function findingsOf(subject: Subject, known: Facts): Finding[] {
	return PHASES.flatMap((phase) => RUN[phase](subject, known) ?? []);
}

/** A text that is to be screened, with what could be asked before its transaction. */
export interface Prepared {
	subject: Subject;
	writing: Writing;
	known: Pick<Facts, 'rules' | 'repeated' | 'outside'>;
}

/** What is about to be written. */
export interface Written {
	blocks: readonly Block[];
	article: { id: string; slug: string; categoryId: string | null };
	/** The comment that is edited; null for a new one. */
	commentId: string | null;
}

/** Whether what the actor writes on an article of this category is screened: not what staff write. */
export function isScreened(actor: Actor, categoryId: string | null): boolean {
	return !isStaff(within(actor, categoryId));
}

function questionOf(actor: Member, { article, commentId }: Written, subject: Subject): Question {
	return {
		text: subject.text,
		hosts: subject.hosts,
		author: { id: actor.accountId, name: actor.name },
		address: actor.address,
		article: `${config().origin ?? ''}/articles/${article.slug}`,
		edited: commentId !== null
	};
}

/** Gathers, before the transaction, what does not race. Asks the outside checks too. */
export async function prepare(db: Database, actor: Member, written: Written): Promise<Prepared> {
	const subject = subjectOf(written.blocks);
	const writing = {
		accountId: actor.accountId,
		articleId: written.article.id,
		commentId: written.commentId ?? ''
	};
	if (!isScreened(actor, written.article.categoryId)) {
		const known = { rules: rules.screening.initial, repeated: null, outside: [] };
		return { subject, writing, known };
	}
	const current = await rules.current(db);
	const repeated = await facts.repeated(db.read, writing, subject);
	// Made now, because others wait for a transaction.
	if (current.banned.length + current.suspect.length > 0) subject.symbols();
	const isAsked = current.outside && checks.isAny();
	const outside = isAsked ? await checks.answers(questionOf(actor, written, subject)) : [];
	return { subject, writing, known: { rules: current, repeated, outside } };
}

/** Screens a prepared text by what holds at the moment of writing, in its transaction. */
export async function run(
	tx: Tx,
	{ subject, writing, known }: Prepared,
	held: Pick<Facts, 'approvalRequired' | 'premoderated'>
): Promise<Finding[]> {
	const habits = await facts.habits(tx, writing, known.rules);
	return findingsOf(subject, { ...known, ...held, ...habits });
}
