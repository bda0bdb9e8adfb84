const NUMBERS = new Intl.NumberFormat('en-GB');

/** A whole number with thousands parted: `1,234`. */
export function number(value: number): string {
	return value < 1000 ? String(value) : NUMBERS.format(value);
}

/** A number and its noun: `1 comment`, `1,234 comments`; `plural` where it is not the noun and an s. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
	return `${number(value)} ${value === 1 ? noun : plural}`;
}

/** A number that was counted only so far: `7`, `99+`. */
export function atMost(value: number, most: number): string {
	return value > most ? `${number(most)}+` : number(value);
}
