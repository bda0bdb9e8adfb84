import type { Database } from '../lib/server/database/database.ts';

export async function fillWithDemo(_db: Database): Promise<void> {}
