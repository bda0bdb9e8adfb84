/** How an article stood when somebody saw it. */
export interface Moment {
	revision: number;
	/** Of which past of the database that revision is (`Database.history`); null where that was not said. */
	history: number | null;
}

/** A moment as pages and events name it. */
export function nameOf({ revision, history }: Moment): string {
	return history === null ? String(revision) : `${revision}-${history.toString(36)}`;
}

/** Reads such a name; null for anything else. */
export function read(name: string): Moment | null {
	const [, revision, history] = /^(\d{1,9})(?:-([0-9a-z]{1,10}))?$/.exec(name) ?? [];
	if (revision === undefined) return null;
	return {
		revision: Number(revision),
		history: history === undefined ? null : parseInt(history, 36)
	};
}

/** Whether somebody who saw one moment can be told what changed until another: it may be of another past, or later. */
export function leadsTo(from: Moment, to: Moment): boolean {
	const isOfOnePast = from.history === null || from.history === to.history;
	return isOfOnePast && from.revision <= to.revision;
}
