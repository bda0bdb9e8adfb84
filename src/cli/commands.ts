import type { Command } from './command.ts';

/** Every command by its name; loaded when it is called, because what needs no database should not wait for one. */
export const COMMANDS: Record<string, () => Promise<{ command: Command }>> = {
	account: () => import('./account.ts'),
	token: () => import('./token.ts'),
	import: () => import('./import.ts'),
	export: () => import('./export.ts'),
	backup: () => import('./backup.ts'),
	restore: () => import('./restore.ts'),
	demo: () => import('./demo.ts'),
	mail: () => import('./mail.ts'),
	recount: () => import('./recount.ts'),
	migrate: () => import('./migrate.ts'),
	move: () => import('./move.ts'),
	settings: () => import('./settings.ts'),
	doctor: () => import('./doctor.ts')
};
