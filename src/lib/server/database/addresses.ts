import type { Dialect } from '../config.ts';

/** `postgres://`, who signs in, the servers, the database and parameters. */
const PARTS = /^(postgres(?:ql)?:\/\/)([^/?#]*@)?([^/?#@]*)([^?#]*)(.*)$/s;

/** Between the addresses of a list; a password may have a comma in it. */
export const NEXT_ADDRESS = /,\s*(?=postgres(?:ql)?:\/\/)/;

/** Which SQL is spoken where an address leads, whether or not all of it can be read; null for neither. */
export function dialectOf(url: string): Dialect | null {
	if (/^postgres(ql)?:\/\//.test(url)) return 'postgres';
	return /^file:./.test(url) ? 'sqlite' : null;
}

/** Whether the driver can read an address; without a server, as where a socket is named, it fills one in. */
function isReadable(address: string): boolean {
	return URL.canParse(address) || URL.canParse(address.replace('@/', '@localhost/'));
}

/** Whether a text is an address of PostgreSQL; it may name several servers, or a socket of the machine. */
export function isPostgres(url: string): boolean {
	return PARTS.test(url) && addressesOf(url).every(isReadable);
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
	const [, scheme, , servers, database, parameters = ''] = PARTS.exec(url) ?? [];
	const place = parameters.match(/(?<=[?&])(?:host|port)=[^&#]*/g) ?? [];
	return `${scheme}${servers}${database}${place.length > 0 ? `?${place.join('&')}` : ''}`;
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
