/** When in the week a discussion is open, in a time zone of its own. */
export interface WeeklyHours {
	/** An IANA name, such as `Europe/Berlin`. */
	zone: string;
	/**
	 * The open span of each day from Monday to Sunday, as minutes from midnight (0 to 1440); null for a
	 * day without. A span that ends at or before its start ends on the next day.
	 */
	days: readonly (readonly [from: number, to: number] | null)[];
}
