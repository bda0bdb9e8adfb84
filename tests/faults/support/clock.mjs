/** Loaded before everything else: a clock that is off by what a file says, read again at SIGUSR2. */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const RealDate = Date;
let offset = 0;

function read() {
	offset = Number(readFileSync(process.env.CLOCK_FILE ?? '', 'utf8'));
}

class JumpingDate extends RealDate {
	constructor(...parts) {
		if (parts.length === 0) super(RealDate.now() + offset);
		else super(...parts);
	}
	static now() {
		return RealDate.now() + offset;
	}
}

read();
globalThis.Date = JumpingDate;
process.on('SIGUSR2', () => {
	read();
	process.stderr.write(`clock ${offset}\n`);
});
