import { afterAll, inject } from 'vitest';

// Runs before each test file, and so before any module of ours is loaded: the schema picks its
// dialect by this address. A test opens its own database, never this one.
process.env.DATABASE_URL = inject('databases').template;

const { closeAll } = await import('./database.ts');
afterAll(closeAll);
