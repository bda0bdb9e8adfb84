// Whoever made the name, nothing but such a file is ever counted, taken for the last one or deleted.
const NAME = /^afterword-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.(?:db|db\.gz|jsonl\.gz)$/;
const UNFINISHED = /^unfinished-\d{1,10}-afterword-\d{8}-\d{6}[\w.-]*$/;

/** A time as names have it: 20261129-180500, in UTC. */
export function stamp(at: Date): string {
	const [date, time] = at.toISOString().slice(0, 19).split('T');
	return `${date.replaceAll('-', '')}-${time.replaceAll(':', '')}`;
}

/** The name of a backup that is made at a time. */
export function nameAt(at: Date, ending: string): string {
	return `afterword-${stamp(at)}${ending}`;
}

/** When a file of this name was made; null for a name that is none of ours. */
export function madeAt(name: string): Date | null {
	const parts = NAME.exec(name);
	if (parts === null) return null;
	const [year, month, day, hour, minute, second] = parts.slice(1).map(Number);
	return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

/** What a file is called until it is whole; no such file is taken for a backup. */
export function unfinished(name: string): string {
	return `unfinished-${process.pid}-${name}`;
}

/** Whether a file was left by a backup that was ended in the middle. */
export function isUnfinished(name: string): boolean {
	return UNFINISHED.test(name);
}
