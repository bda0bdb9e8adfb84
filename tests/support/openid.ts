import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { Context } from 'oidc-provider';

/** Somebody with an account at the provider's. */
export interface Subject {
	sub: string;
	name?: string;
	email?: string;
	email_verified?: boolean;
	picture?: string;
}

/** A provider of OpenID Connect on this machine. */
export interface OpenId {
	issuer: string;
	/** An entry for OIDC_PROVIDERS. */
	entry: { key: string; name: string; issuer: string; client_id: string; client_secret: string };
	/** Who signs in there from now on; null declines. */
	signInAs(subject: Subject | null): void;
	stop(): Promise<void>;
}

const ENTER = '/enter/';
const CLIENT = { client_id: 'afterword', client_secret: 'a secret of the tests, and no other' };

/** Everything that may be said of somebody, allowed to whoever asks. */
async function grantAll({ oidc }: Context) {
	const { clientId } = oidc.client;
	const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
	grant.addOIDCScope('openid profile email');
	await grant.save();
	return grant;
}

/** Starts a provider that asks nobody anything: whoever comes is who the test says. */
export async function startOpenId(key = 'letters', name = 'Letters'): Promise<OpenId> {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const subjects = new Map<string, Subject>();
	let present: Subject | null = null;
	const provider = new Provider(issuer, {
		clients: [{ ...CLIENT, redirect_uris: [`${issuer}/back`] }],
		claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'picture'] },
		cookies: { keys: ['of the tests'] },
		features: { devInteractions: { enabled: false } },
		interactions: { url: (_: unknown, { uid }: { uid: string }) => ENTER + uid },
		loadExistingGrant: grantAll,
		findAccount: (_: unknown, accountId: string) => {
			return { accountId, claims: () => subjects.get(accountId) };
		}
	});
	provider.Client.prototype.redirectUriAllowed = (uri) => uri.endsWith(`/with/${key}/back`);
	const handle = provider.callback();
	server.on('request', (request, response) => {
		if (!request.url?.startsWith(ENTER)) return handle(request, response);
		const denied = { error: 'access_denied', error_description: 'They said no.' };
		const result = present ? { login: { accountId: present.sub, remember: false } } : denied;
		void provider.interactionFinished(request, response, result);
	});
	return {
		issuer,
		entry: { key, name, issuer, ...CLIENT },
		signInAs(subject) {
			present = subject;
			if (subject) subjects.set(subject.sub, subject);
		},
		async stop() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}
