/** `postgres://`, who signs in, the servers, the database and parameters. */
const PARTS = /^(postgres(?:ql)?:\/\/)([^/?#]*@)?([^/?#@]*)([^?#]*)(.*)$/s;

/** Whether a text is an address of PostgreSQL; it may name several servers. */
export function isPostgres(url: string): boolean {
	return PARTS.test(url) && addressesOf(url).every((address) => URL.canParse(address));
}

/**
 * The addresses of the single servers that one address names, as PostgreSQL's own programs have it:
 * `postgres://USER@ONE:5432,TWO:5433/NAME`.
 */
export function addressesOf(url: string): string[] {
	const [, scheme, user = '', servers, database, parameters] = PARTS.exec(url) ?? [];
	if (servers === undefined) return [url];
	return servers.split(',').map((server) => scheme + user + server + database + parameters);
}

/** Where an address leads, without who signs in. */
export function placeOf(url: string): string {
	const [, scheme, , servers, database] = PARTS.exec(url) ?? [];
	return `${scheme}${servers}${database}`;
}

/** The same address with a word in place of its password, to be shown. */
export function withoutPassword(url: string): string {
	return url
		.replace(/^(\w+:\/\/[^/?#:@]*:)[^/?#]*@/, '$1PASSWORD@')
		.replace(/([?&]password=)[^&#]*/g, '$1PASSWORD');
}

/** Which server is wanted of those that an address names. */
export type Wanted = 'any' | 'primary' | 'read-write';

/**
 * What an address says of that (`target_session_attrs`); of several servers it is the primary, as the site has to
 * write. Null for what no site can do with.
 */
export function wantedOf(url: string): Wanted | null {
	const said = /[?&]target_session_attrs=([^&#]*)/.exec(url)?.[1];
	const isOne = addressesOf(url).length === 1;
	if (said === undefined) return isOne ? 'any' : 'primary';
	if (said === 'any') return isOne ? said : null;
	return said === 'primary' || said === 'read-write' ? said : null;
}
