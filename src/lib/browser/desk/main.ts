// The moderators' queue works without this script; with it, a decision is a key or two.
import * as claiming from './claiming.ts';
import * as deciding from './deciding.ts';
import * as deskKeys from './desk-keys.ts';
import * as live from './live.ts';
import * as said from './said.ts';
import * as thread from './thread.ts';

for (const part of [said, claiming, deciding, thread, deskKeys, live]) part.start();
document.documentElement.dataset.desk = 'true';
