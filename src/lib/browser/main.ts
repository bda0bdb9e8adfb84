// Everything works without this script; with it, it is quicker and nicer.
import * as bar from './bar.ts';
import * as composer from './composer.ts';
import * as difference from './difference.ts';
import { pause } from './dom.ts';
import * as drafts from './drafts.ts';
import * as formatting from './formatting.ts';
import * as fold from './fold.ts';
import * as fresh from './fresh.ts';
import * as jump from './jump.ts';
import * as keys from './keys.ts';
import * as live from './live.ts';
import * as mentions from './mentions.ts';
import * as menus from './menus.ts';
import * as passage from './passage.ts';
import * as preview from './preview.ts';
import * as recommend from './recommend.ts';
import * as replies from './replies.ts';
import * as returning from './returning.ts';
import * as sending from './sending.ts';
import * as theme from './theme.ts';
import * as times from './times.ts';
import * as tray from './tray.ts';

/** So long the parts may start at one stretch (milliseconds): between stretches the page answers. */
const STRETCH = 8;

let began = performance.now();
for (const part of [
	theme,
	times,
	recommend,
	composer,
	passage,
	tray,
	difference,
	preview,
	drafts,
	formatting,
	mentions,
	sending,
	replies,
	returning,
	fold,
	jump,
	fresh,
	keys,
	menus,
	bar,
	live
]) {
	if (performance.now() - began > STRETCH) {
		await pause(0);
		began = performance.now();
	}
	part.start();
}
document.documentElement.dataset.hydrated = 'true';
