/** How many colours avatars have: the classes `hue-0` … of `page.css`. */
export const HUES = 8;

function letterAt(name: string, index: number): string {
	const point = name.codePointAt(index);
	return point === undefined ? '' : String.fromCodePoint(point).toUpperCase();
}

/** One or two letters that stand for a name in its avatar: `AR` for "Ann Reader". */
export function initials(name: string): string {
	const space = name.lastIndexOf(' ');
	return letterAt(name, 0) + (space > 0 ? letterAt(name, space + 1) : '');
}

/** The colour of a name's avatar, from 0 to `HUES` - 1: the same for the same name, everywhere. */
export function hue(name: string): number {
	let sum = 0;
	for (let index = 0; index < name.length; index++) sum = (sum * 31 + name.charCodeAt(index)) | 0;
	return Math.abs(sum) % HUES;
}

/** The address of a picture. */
export function pictureUrl(id: string): string {
	return `/pictures/${id}.webp`;
}

const BADGES = new Map([
	['moderator', 'Moderator'],
	['editor', 'Editor'],
	['admin', 'Administrator']
]);

/** The word for a role in a badge; null for those who carry none. */
export function badge(role: string): string | null {
	return BADGES.get(role) ?? null;
}
