/** A file that nothing may be restored from, or a backup that went wrong; the message says why. */
export class BadBackup extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'BadBackup';
	}
}
