const DAY_MS = 24 * 60 * 60 * 1000;
// What `<input type="date">` sends; the forms say that days are UTC.
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The beginning of a day in UTC; undefined for what is none. */
function dayOf(text: string | null): Date | undefined {
	if (text === null || !DAY.test(text)) return undefined;
	const day = new Date(text);
	return Number.isNaN(day.getTime()) ? undefined : day;
}

/** The span of days that `from` and `to` of an address name, the last one too; what is no day bounds nothing. */
export function daysOf(query: URLSearchParams): { from?: Date; before?: Date } {
	const to = dayOf(query.get('to'));
	return { from: dayOf(query.get('from')), before: to && new Date(to.getTime() + DAY_MS) };
}
