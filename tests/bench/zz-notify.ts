import { Client, Pool } from 'pg';
import { startCluster } from '../support/postgres.ts';
const cluster = await startCluster({ durable: true });
await cluster.create('paper');
const url = cluster.url('paper');
process.env.DATABASE_URL = url;
const { migrate } = await import('#lib/server/database/migrate.ts');
await migrate(url);
const admin = new Client({ connectionString: url }); await admin.connect();
const N = 32;
for (let n = 0; n < N; n++) await admin.query(`insert into accounts (id,name,name_key,name_skeleton,created_at) values ($1,$1,$1,$1,now())`, [`a${String(n).padStart(15,'0')}`]);
const listener = new Client({ connectionString: url }); await listener.connect(); await listener.query('listen afterword');
async function run(clients: number, ms: number) {
  const pool = new Pool({ connectionString: url, max: clients });
  const end = performance.now() + ms; let count = 0;
  await Promise.all(Array.from({ length: clients }, async (_, n) => {
    const c = await pool.connect();
    while (performance.now() < end) {
      await c.query('begin');
      await c.query({ name: 'u', text: 'update accounts set revision = revision + 1 where id = $1', values: [`a${String(n).padStart(15,'0')}`] });
      await c.query('commit'); count++;
    }
    c.release();
  }));
  await pool.end();
  return count / ms * 1000;
}
for (const clients of [1, 8, 32]) {
  const r: Record<string, number[]> = { on: [], off: [] };
  for (let round = 0; round < 4; round++) for (const state of ['on', 'off']) {
    await admin.query(`alter table accounts ${state === 'on' ? 'enable' : 'disable'} trigger tell_of_revision`);
    r[state].push(Math.round(await run(clients, 1500)));
  }
  console.log(clients, r);
}
await admin.end(); await listener.end(); await cluster.stop();
