import { afterAll, inject } from 'vitest';
import { removeFiles } from './files.ts';
import { reset, set } from './settings.ts';

// Runs before each test file, and so before any module of ours is loaded: the schema picks its
// dialect by this address. A test opens its own database, never this one.
process.env.DATABASE_URL = inject('databases').template;

reset();
// Tests post faster than anybody types; the limits have tests of their own.
set({ RATE_LIMITS: 'off' });

const { closeAll } = await import('./database.ts');
const { shift } = await import('#lib/server/clock.ts');
shift(0);
afterAll(closeAll);
afterAll(removeFiles);
