/** A path of the site as a whole address, in the letters that addresses have. */
export function absolute(origin: string, path: string): string {
	return new URL(path, origin).href;
}
