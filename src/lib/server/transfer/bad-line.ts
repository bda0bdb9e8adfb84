const NAME = 'BadLine';

/** A line that cannot be imported; the message says why, in words that follow "line 7:". */
export class BadLine extends Error {
	constructor(reason: string) {
		super(reason);
		this.name = NAME;
	}
}

/** Ends a strict import at its first bad line. */
export class StrictStop extends Error {
	readonly line: number;

	constructor(line: number, reason: string) {
		super(`Line ${line}: ${reason}`);
		this.name = 'StrictStop';
		this.line = line;
	}
}
