import { readBackups, type BackupSettings } from './backup/settings.ts';
import {
	addressesOf,
	dialectOf,
	isPostgres,
	NEXT_ADDRESS,
	wantedOf
} from './database/addresses.ts';
import {
	readProviders,
	readSingleSignOn,
	type Provider,
	type SingleSignOn
} from './identities/settings.ts';
import { LEVELS, setLevel, type Level } from './log.ts';
import { readMail, type MailSettings } from './mail/settings.ts';
import { readTraces, type TraceSettings } from './monitoring/settings.ts';
import { library } from './pictures/remake.ts';
import { shared } from './process.ts';
import { readContact } from './security/contact-address.ts';

/** What the operator sets by environment variables, checked. */
export interface Config {
	/** `file:PATH` (SQLite) or `postgres://…`. */
	databaseUrl: string;
	dialect: Dialect;
	/** Servers that repeat what PostgreSQL writes, to be read instead of it. */
	replicaUrls: string[];
	/** Where PostgreSQL tells what changes; null on SQLite. */
	listenUrl: string | null;
	host: string;
	port: number;
	/** The public origin, e.g. `https://talk.example.org`; null means plain http on loopback names. */
	origin: string | null;
	/** How many proxies in front set `X-Forwarded-For`; 0 ignores the header. */
	proxyDepth: number;
	/** Largest request body in bytes. */
	bodyLimit: number;
	/** How many bytes of finished pages are kept in memory; 0 keeps none. */
	pageCacheBytes: number;
	/** How many bytes of a SQLite file each connection keeps in memory. */
	sqliteCacheBytes: number;
	/** False switches every rate limit off: for measuring, never for the public. */
	rateLimits: boolean;
	/** Whether staff without a second factor are readers. */
	staffSecondFactor: boolean;
	/** How mail goes out; null keeps it waiting. */
	mail: MailSettings | null;
	/** The service that is asked which passwords are known, without learning them; '' for none. */
	passwordRangeUrl: string;
	/** What asks outside about comments; null where nothing is set up. */
	screening: ScreeningConfig;
	/** Whom somebody tells who finds a hole, as a URI; null for nobody, unless the newsroom says. */
	securityContact: string | null;
	/** Whose accounts people may sign in with. */
	providers: Provider[];
	/** How the newsroom's own accounts sign in; null where they do not. */
	singleSignOn: SingleSignOn | null;
	/** Whether people may give their accounts pictures. */
	pictures: boolean;
	/** What a program that reads the figures at /metrics bears; null for none. */
	metricsToken: string | null;
	/** The lightest lines that the log has. */
	logLevel: Level;
	/** Whether each request is a line of the log. */
	logRequests: boolean;
	/** Where traces go; null for nowhere. */
	traces: TraceSettings | null;
	/** How long the server still takes requests once it was asked to end, in seconds. */
	drainSeconds: number;
	/** Which backups the server makes by itself. */
	backups: BackupSettings;
}

/** The checks outside the house that comments are sent to. */
export interface ScreeningConfig {
	webhook: { url: string; secret: string } | null;
	akismet: { key: string; url: string } | null;
}

/** Which SQL is spoken. */
export type Dialect = 'sqlite' | 'postgres';

const MEGABYTE = 1_000_000;
const LEAST_HEAP_MB = 128;
const MOST_HEAP_MB = 100_000;

/** One setting, as `cli settings` lists it. */
export interface Setting {
	name: string;
	fallback: string;
	meaning: string;
}

/** Every environment variable that is read, with its default and meaning. */
export const SETTINGS: readonly Setting[] = [
	{
		name: 'DATABASE_URL',
		fallback: 'file:data/afterword.db',
		meaning:
			'file:PATH for SQLite, postgres://USER:PASSWORD@HOST/NAME for PostgreSQL; of several servers, HOST,HOST, it is the one that takes writes'
	},
	{
		name: 'DATABASE_REPLICA_URLS',
		fallback: '',
		meaning:
			'streaming replicas of that PostgreSQL to read from, postgres://…, with commas between them; the one that takes the writes just now may be among them'
	},
	{
		name: 'DATABASE_LISTEN_URL',
		fallback: '',
		meaning:
			'the same PostgreSQL past a pooler, postgres://…, where a process listens for changes; without it DATABASE_URL'
	},
	{
		name: 'BACKUP_DIR',
		fallback: '',
		meaning: 'where the server puts backups by itself, e.g. /var/backups/afterword; without it none'
	},
	{
		name: 'BACKUP_EVERY',
		fallback: '24',
		meaning: 'hours between two backups; 0 when something else makes them'
	},
	{ name: 'BACKUP_KEEP', fallback: '14', meaning: 'how many of the newest backups are kept' },
	{ name: 'HOST', fallback: '127.0.0.1', meaning: 'the address to listen on' },
	{ name: 'PORT', fallback: '3000', meaning: 'the port to listen on; 0 takes a free one' },
	{
		name: 'ORIGIN',
		fallback: '',
		meaning: 'the public address behind a proxy, e.g. https://talk.example.org'
	},
	{
		name: 'PROXY_DEPTH',
		fallback: '0',
		meaning: 'how many trusted proxies add to X-Forwarded-For; 0 ignores the header'
	},
	{ name: 'BODY_LIMIT', fallback: '524288', meaning: 'the largest request body, in bytes' },
	{
		name: 'PAGE_CACHE_MB',
		fallback: '32',
		meaning:
			'how much memory the finished pages of guests may take, in megabytes (12 where HEAP_MB spares memory), and a quarter of it the discussions that pages are made of; 0 keeps none'
	},
	{
		name: 'SQLITE_CACHE_MB',
		fallback: '4',
		meaning:
			'how much of a SQLite file each connection keeps in memory, in megabytes; the server has two'
	},
	{
		name: 'HEAP_MB',
		fallback: '1024',
		meaning:
			'how much memory the objects of the server may take, in megabytes (256 where the machine has less than 4 GB); one that needs more ends, and with 512 or less it spares memory at the price of time'
	},
	{
		name: 'RATE_LIMITS',
		fallback: 'on',
		meaning:
			'off lets everybody post, sign in and vote as fast as they like, and the same again: for load tests only'
	},
	{
		name: 'STAFF_SECOND_FACTOR',
		fallback: 'required',
		meaning:
			'required: staff work with a second factor (a passkey or an authenticator app) and are readers until they have one; off: a password is enough'
	},
	{
		name: 'MAIL_URL',
		fallback: '',
		meaning:
			'the mail server, e.g. smtps://USER:PASSWORD@mail.example.org; "log:" writes mail to the log (for development); without it mail waits'
	},
	{
		name: 'MAIL_FROM',
		fallback: '',
		meaning: 'who mail is from: an address, or a name with one, e.g. The Gazette <talk@example.org>'
	},
	{
		name: 'PASSWORD_RANGE_URL',
		fallback: '',
		meaning:
			'the service that is asked which passwords are known, by five letters of their hash, e.g. https://api.pwnedpasswords.com/range/'
	},
	{
		name: 'SCREEN_WEBHOOK_URL',
		fallback: '',
		meaning: 'the address that is asked about each comment before it is published'
	},
	{
		name: 'SCREEN_WEBHOOK_SECRET',
		fallback: '',
		meaning: 'what signs the questions to it, at least 16 characters'
	},
	{
		name: 'AKISMET_KEY',
		fallback: '',
		meaning: 'the key with which Akismet is asked about each comment'
	},
	{
		name: 'AKISMET_URL',
		fallback: 'https://rest.akismet.com/1.1/comment-check',
		meaning: 'the address of Akismet, or of what speaks like it'
	},
	{
		name: 'SECURITY_CONTACT',
		fallback: '',
		meaning:
			'whom to tell of a hole in the site, for security.txt: an e-mail address or an https:// address'
	},
	{
		name: 'OIDC_PROVIDERS',
		fallback: '',
		meaning:
			'whose accounts people may sign in with (OpenID Connect): a list in JSON of {key, name, issuer, client_id, client_secret}, or the path of a file that holds it'
	},
	{
		name: 'SSO_URL',
		fallback: '',
		meaning: "where readers with the newsroom's own accounts are sent to sign in"
	},
	{
		name: 'PICTURES',
		fallback: 'off',
		meaning: 'on lets people give their accounts pictures'
	},
	{ name: 'SSO_ISSUER', fallback: '', meaning: 'who signs its tokens: their iss' },
	{
		name: 'SSO_SECRET',
		fallback: '',
		meaning: 'what they are signed with (HS256), at least 32 characters, or the path of its file'
	},
	{
		name: 'SSO_JWKS_URL',
		fallback: '',
		meaning: 'where the public keys stand, instead of SSO_SECRET (RS256, ES256, EdDSA)'
	},
	{
		name: 'SSO_PUBLIC_KEY',
		fallback: '',
		meaning: 'the public key in PEM, or the path of its file, instead of SSO_SECRET'
	},
	{
		name: 'SSO_NAME',
		fallback: '',
		meaning: 'what readers know these accounts by, e.g. The Gazette'
	},
	{
		name: 'SSO_ROLES',
		fallback: 'off',
		meaning: 'on lets a token make moderators and editors of its accounts'
	},
	{
		name: 'METRICS_TOKEN',
		fallback: '',
		meaning: 'the token that whoever reads /metrics sends, at least 16 characters'
	},
	{
		name: 'LOG_LEVEL',
		fallback: 'info',
		meaning: 'the lightest lines of the log: info, warn or error'
	},
	{
		name: 'LOG_REQUESTS',
		fallback: 'off',
		meaning: 'on makes each request a line of the log: its id, route, status and time'
	},
	{
		name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
		fallback: '',
		meaning: 'where traces are sent (OTLP over HTTP), e.g. http://127.0.0.1:4318'
	},
	{
		name: 'OTEL_EXPORTER_OTLP_HEADERS',
		fallback: '',
		meaning: 'headers that go with them, e.g. authorization=Bearer%20TOKEN'
	},
	{
		name: 'OTEL_SERVICE_NAME',
		fallback: 'afterword',
		meaning: 'what this service is called in traces'
	},
	{
		name: 'OTEL_TRACES_SAMPLER_ARG',
		fallback: '1',
		meaning: 'the share of requests that are traced, from 0 to 1'
	},
	{
		name: 'DRAIN_SECONDS',
		fallback: '0',
		meaning:
			'how long the server still takes requests once it is asked to end, while /readyz says that it does'
	}
];

/** Settings that are wrong, each in words; stops the start. */
export class ConfigError extends Error {
	readonly problems: string[];
	constructor(problems: string[]) {
		super(`The settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
		this.name = 'ConfigError';
		this.problems = problems;
	}
}

function setting(environment: NodeJS.ProcessEnv, name: string): string {
	const value = environment[name]?.trim();
	return value || SETTINGS.find((entry) => entry.name === name)!.fallback;
}

function wholeNumber(text: string, name: string, most: number, problems: string[]): number {
	const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
	if (value <= most) return value;
	problems.push(`${name} must be a whole number from 0 to ${most}, not "${text}".`);
	return 0;
}

/** Nobody asks for it later: what starts the program gives it the bound (src/bootstrap/flags.js). */
function checkHeap(text: string, problems: string[]): void {
	const megabytes = wholeNumber(text, 'HEAP_MB', MOST_HEAP_MB, problems);
	// With less it ends under an ordinary load.
	if (megabytes < LEAST_HEAP_MB) problems.push(`HEAP_MB must be at least ${LEAST_HEAP_MB}.`);
}

function onOrOff(text: string, name: string, problems: string[]): boolean {
	if (text !== 'on' && text !== 'off') problems.push(`${name} must be on or off, not "${text}".`);
	return text !== 'off';
}

function readStaffSecondFactor(text: string, problems: string[]): boolean {
	if (text !== 'required' && text !== 'off') {
		problems.push(`STAFF_SECOND_FACTOR must be required or off, not "${text}".`);
	}
	return text !== 'off';
}

function readOrigin(text: string, problems: string[]): string | null {
	if (!text) return null;
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, ''))
		return url.origin;
	problems.push(`ORIGIN must be like https://talk.example.org, without a path, not "${text}".`);
	return null;
}

/** An address may name several servers, where a site can write to one of them. */
function checkServers(url: string, name: string, problems: string[]): void {
	if (!isPostgres(url)) {
		const isOne = addressesOf(url).length === 1;
		const [be, servers] = isOne
			? ['be an address', 'HOST']
			: ['name its servers', 'ONE:5432,TWO:5432'];
		problems.push(`${name} must ${be} like postgres://USER@${servers}/NAME.`);
	} else if (wantedOf(url) === null) {
		problems.push(
			`${name} leads to whoever takes writes: target_session_attrs must be read-write or primary.`
		);
	}
}

function readDialect(url: string, problems: string[]): Dialect {
	const dialect = dialectOf(url);
	if (dialect === 'postgres') checkServers(url, 'DATABASE_URL', problems);
	if (dialect === null) {
		// The address may hold a password, so it is not repeated.
		problems.push('DATABASE_URL must begin with file: (SQLite) or postgres:// (PostgreSQL).');
	}
	return dialect ?? 'sqlite';
}

function readReplicas(text: string, dialect: Dialect, problems: string[]): string[] {
	if (text === '') return [];
	const urls = text.split(NEXT_ADDRESS);
	if (dialect !== 'postgres') {
		problems.push('DATABASE_REPLICA_URLS needs a DATABASE_URL that is a PostgreSQL.');
	}
	if (!urls.every((url) => isPostgres(url) && addressesOf(url).length === 1)) {
		problems.push(
			'DATABASE_REPLICA_URLS must be addresses like postgres://USER@HOST/NAME, one for each server.'
		);
	}
	return urls;
}

/** Where changes are listened for: only a PostgreSQL tells of them. */
function readListening(
	text: string,
	databaseUrl: string,
	dialect: Dialect,
	problems: string[]
): string | null {
	if (text === '') return dialect === 'postgres' ? databaseUrl : null;
	if (dialect !== 'postgres') {
		problems.push('DATABASE_LISTEN_URL needs a DATABASE_URL that is a PostgreSQL.');
	}
	checkServers(text, 'DATABASE_LISTEN_URL', problems);
	return text;
}

const SECRET_LENGTH = 16;

function readWebAddress(text: string, name: string, problems: string[]): string {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (!url || !/^https?:$/.test(url.protocol)) {
		problems.push(`${name} must be an address that begins with https:// or http://.`);
	}
	return text;
}

function readScreening(environment: NodeJS.ProcessEnv, problems: string[]): ScreeningConfig {
	const url = setting(environment, 'SCREEN_WEBHOOK_URL');
	const secret = setting(environment, 'SCREEN_WEBHOOK_SECRET');
	const key = setting(environment, 'AKISMET_KEY');
	if (url !== '' && secret.length < SECRET_LENGTH) {
		problems.push(`SCREEN_WEBHOOK_SECRET must have at least ${SECRET_LENGTH} characters.`);
	}
	const akismet = setting(environment, 'AKISMET_URL');
	return {
		webhook:
			url === '' ? null : { url: readWebAddress(url, 'SCREEN_WEBHOOK_URL', problems), secret },
		akismet: key === '' ? null : { url: readWebAddress(akismet, 'AKISMET_URL', problems), key }
	};
}

function readSecurityContact(text: string, problems: string[]): string | null {
	const contact = text === '' ? null : readContact(text);
	if (text !== '' && contact === null) {
		problems.push('SECURITY_CONTACT must be an e-mail address or begin with https://.');
	}
	return contact;
}

function readLevel(text: string, problems: string[]): Level {
	const level = LEVELS.find((one) => one === text);
	if (!level) problems.push(`LOG_LEVEL must be ${LEVELS.join(', ')}, not "${text}".`);
	return level ?? LEVELS[0];
}

function readTracing(environment: NodeJS.ProcessEnv, problems: string[]): TraceSettings | null {
	const texts = {
		endpoint: setting(environment, 'OTEL_EXPORTER_OTLP_ENDPOINT'),
		headers: setting(environment, 'OTEL_EXPORTER_OTLP_HEADERS'),
		service: setting(environment, 'OTEL_SERVICE_NAME'),
		share: setting(environment, 'OTEL_TRACES_SAMPLER_ARG')
	};
	return readTraces(texts, problems);
}

function readMetricsToken(text: string, problems: string[]): string | null {
	if (text !== '' && !/^[\x21-\x7e]{16,200}$/.test(text)) {
		problems.push(
			`METRICS_TOKEN must have ${SECRET_LENGTH} to 200 letters, digits or signs, without spaces.`
		);
	}
	return text || null;
}

function readPictures(text: string, problems: string[]): boolean {
	if (!onOrOff(text, 'PICTURES', problems)) return false;
	try {
		return library() !== null;
	} catch {
		problems.push(
			'PICTURES is on, but the library that makes pictures (sharp) cannot be loaded on this machine. Install it, or set PICTURES=off.'
		);
		return false;
	}
}

function readSso(
	environment: NodeJS.ProcessEnv,
	origin: string | null,
	problems: string[]
): SingleSignOn | null {
	const texts = {
		secret: setting(environment, 'SSO_SECRET'),
		jwksUrl: setting(environment, 'SSO_JWKS_URL'),
		publicKey: setting(environment, 'SSO_PUBLIC_KEY'),
		issuer: setting(environment, 'SSO_ISSUER'),
		url: setting(environment, 'SSO_URL'),
		name: setting(environment, 'SSO_NAME'),
		roles: onOrOff(setting(environment, 'SSO_ROLES'), 'SSO_ROLES', problems)
	};
	return readSingleSignOn(texts, origin, problems);
}

function readRange(environment: NodeJS.ProcessEnv, problems: string[]): string {
	const url = setting(environment, 'PASSWORD_RANGE_URL');
	return url === '' ? '' : readWebAddress(url, 'PASSWORD_RANGE_URL', problems);
}

function backups(environment: NodeJS.ProcessEnv, problems: string[]): BackupSettings {
	const texts = {
		directory: setting(environment, 'BACKUP_DIR'),
		every: setting(environment, 'BACKUP_EVERY'),
		keep: setting(environment, 'BACKUP_KEEP')
	};
	return readBackups(texts, problems);
}

/** Reads the settings from an environment. @throws {ConfigError} with everything that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
	const problems: string[] = [];
	const databaseUrl = setting(environment, 'DATABASE_URL');
	const origin = readOrigin(setting(environment, 'ORIGIN'), problems);
	const mailUrl = setting(environment, 'MAIL_URL');
	const dialect = readDialect(databaseUrl, problems);
	checkHeap(setting(environment, 'HEAP_MB'), problems);
	const config: Config = {
		databaseUrl,
		dialect,
		replicaUrls: readReplicas(setting(environment, 'DATABASE_REPLICA_URLS'), dialect, problems),
		listenUrl: readListening(
			setting(environment, 'DATABASE_LISTEN_URL'),
			databaseUrl,
			dialect,
			problems
		),
		host: setting(environment, 'HOST'),
		port: wholeNumber(setting(environment, 'PORT'), 'PORT', 65_535, problems),
		origin,
		proxyDepth: wholeNumber(setting(environment, 'PROXY_DEPTH'), 'PROXY_DEPTH', 10, problems),
		bodyLimit: wholeNumber(setting(environment, 'BODY_LIMIT'), 'BODY_LIMIT', 100_000_000, problems),
		pageCacheBytes:
			wholeNumber(setting(environment, 'PAGE_CACHE_MB'), 'PAGE_CACHE_MB', 100_000, problems) *
			MEGABYTE,
		sqliteCacheBytes:
			wholeNumber(setting(environment, 'SQLITE_CACHE_MB'), 'SQLITE_CACHE_MB', 100_000, problems) *
			MEGABYTE,
		rateLimits: onOrOff(setting(environment, 'RATE_LIMITS'), 'RATE_LIMITS', problems),
		staffSecondFactor: readStaffSecondFactor(setting(environment, 'STAFF_SECOND_FACTOR'), problems),
		mail: readMail(mailUrl, setting(environment, 'MAIL_FROM'), origin, problems),
		passwordRangeUrl: readRange(environment, problems),
		screening: readScreening(environment, problems),
		securityContact: readSecurityContact(setting(environment, 'SECURITY_CONTACT'), problems),
		providers: readProviders(setting(environment, 'OIDC_PROVIDERS'), problems),
		singleSignOn: readSso(environment, origin, problems),
		pictures: readPictures(setting(environment, 'PICTURES'), problems),
		metricsToken: readMetricsToken(setting(environment, 'METRICS_TOKEN'), problems),
		logLevel: readLevel(setting(environment, 'LOG_LEVEL'), problems),
		logRequests: onOrOff(setting(environment, 'LOG_REQUESTS'), 'LOG_REQUESTS', problems),
		traces: readTracing(environment, problems),
		drainSeconds: wholeNumber(
			setting(environment, 'DRAIN_SECONDS'),
			'DRAIN_SECONDS',
			600,
			problems
		),
		backups: backups(environment, problems)
	};
	if (problems.length > 0) throw new ConfigError(problems);
	return config;
}

/** The settings of this process, read once; its log keeps to them from then on. @throws {ConfigError} */
export function config(): Config {
	return shared('config', () => {
		const read = readConfig(process.env);
		setLevel(read.logLevel);
		return read;
	});
}
