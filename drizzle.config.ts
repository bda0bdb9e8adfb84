import { defineConfig } from 'drizzle-kit';

const postgres = /^postgres/.test(process.env.DATABASE_URL ?? '');

// One schema, two sets of migrations: `npm run generate` makes both.
export default defineConfig({
	schema: './src/lib/server/database/schema.ts',
	out: postgres ? './drizzle/postgres' : './drizzle/sqlite',
	dialect: postgres ? 'postgresql' : 'sqlite'
});
