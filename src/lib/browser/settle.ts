import * as fold from './fold.ts';
import * as jump from './jump.ts';
import * as times from './times.ts';

/** Gives comments that have come to the page what the script adds to all. */
export function comments(): void {
	fold.addButtons();
	jump.addLinks();
	times.refresh();
}
