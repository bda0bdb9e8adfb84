import { permissionTable } from '#lib/server/permissions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ table: permissionTable() });
