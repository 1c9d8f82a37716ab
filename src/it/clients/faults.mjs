// Kills each upstream server under load, as kill -9 does. What watches over the servers starts them again some seconds later.
// node faults.mjs BASE DIRECTORY SERVER...: the directory holds SERVER.pid of each, written anew when it is started
import { readFileSync } from 'node:fs';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const RECOVERY = 60_000;
const [base, directory, ...servers] = process.argv.slice(2);
const client = new Client({ name: 'judge', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
await client.connect(new StreamableHTTPClientTransport(new URL(`${base}/mcp`)));

const faults = [];
const calls = [];
let going = true;
const workers = servers.flatMap((server) => Array.from({ length: 4 }, () => work(server)));
for (const server of servers) {
  await kill(server);
}
going = false;
await Promise.all(workers);
await client.close();
for (const fault of faults) {
  console.log(`FAULT: ${fault}`);
}
process.exit(faults.length === 0 ? 0 : 1);

async function work(server) {
  while (going) {
    calls.push(await call(server, 'add', { a: 1, b: 1 }));
    await pause(20);
  }
}

async function call(server, tool, args) {
  const begin = Date.now();
  const result = await client.callTool({ name: `${server}__${tool}`, arguments: args }, { timeout: 120_000 }).then(
    (answer) => ({ failed: answer.isError === true, text: answer.content?.[0]?.text }),
    (error) => ({ failed: true, thrown: true, text: `${error.code ?? ''} ${error.message}` }),
  );
  return { server, begin, end: Date.now(), ...result };
}

async function kill(server) {
  await pause(3_000);
  const quiet = Date.now();
  await pause(1_000);
  expectAll(since(quiet), (one) => !one.failed, `before ${server} is killed`);

  const waiting = Array.from({ length: 10 }, () => call(server, 'slow', { seconds: 60 }));
  await pause(1_000);
  const pid = readPid(server);
  const killed = Date.now();
  process.kill(pid, 'SIGKILL');
  const open = await Promise.all(waiting);
  const slowest = Math.max(...open.map((one) => one.end)) - killed;
  expectAll(open, (one) => one.failed && !one.thrown, `open calls of ${server} are errors of the tool`);
  expect(slowest < 5_000, `open calls of ${server} ended ${slowest} ms after it was killed`);

  await until(`${server} is started again`, () => readPid(server) !== pid);
  const started = Date.now();
  const down = since(killed).filter((one) => one.server === server && one.end < started);
  expect(down.length >= 5, `only ${down.length} calls of ${server} while it was down`);
  expectAll(down, (one) => one.failed && !one.thrown, `calls of ${server} while it was down are errors of the tool`);
  const longest = Math.max(...down.map((one) => one.end - one.begin));
  expect(longest < 5_000, `a call of ${server} while it was down took ${longest} ms`);

  await until(`${server} is called again`, () => since(started).some((one) => one.server === server && !one.failed));
  const recovered = Date.now();
  await pause(2_000);
  // A request that was sent while the server was starting may still come back with an error: those begun later may not.
  const after = since(recovered).filter((one) => one.server === server);
  expect(after.length > 0, `no call of ${server} after it had recovered`);
  expectAll(after, (one) => !one.failed, `calls of ${server} after it had recovered`);
  const others = since(killed).filter((one) => one.server !== server);
  expect(others.length >= 100, `only ${others.length} calls of the others`);
  expectAll(others, (one) => !one.failed, `calls of others than ${server}`);
  const slow = others.reduce((one, other) => (other.end - other.begin > one.end - one.begin ? other : one));
  const worst = slow.end - slow.begin;
  expect(
    worst < 5_000,
    `a call of ${slow.server} took ${worst} ms, begun ${slow.begin - killed} ms after ${server} was killed, which was started ` +
      `again ${started - killed} ms after it was killed`,
  );

  // Refused are those that are not even tried, once several have failed.
  const types = await recordedTypes(server, killed - 1_500, started);
  expect(
    types.get('transport') >= open.length && [...types.keys()].every((type) => ['transport', 'refused'].includes(type)),
    `error types recorded of ${server}: ${show(types)}`,
  );
  const texts = new Set([...open, ...down].map((one) => one.text));
  console.log(
    `${server}: killed with ${open.length} calls open, which failed within ${slowest} ms; ${down.length} calls failed while it ` +
      `was down, the longest after ${longest} ms; ${others.length} calls of others went on, the longest ${worst} ms; ` +
      `recovered ${recovered - started} ms after its start; recorded ${show(types)}; said: ${[...texts].slice(0, 3).join(' | ')}`,
  );
}

/** How often which error type stands in the audit log, of the calls to the server that began in this time. */
async function recordedTypes(server, from, to) {
  const types = new Map();
  let cursor = '';
  do {
    const query = `kind=tool&outcome=error&limit=1000&from=${iso(from)}&to=${iso(to)}`;
    const page = await (await fetch(`${base}/api/v1/audit?${query}${cursor}`)).json();
    for (const row of page.items.filter((item) => item.name?.startsWith(`${server}__`))) {
      types.set(row.errorType, (types.get(row.errorType) ?? 0) + 1);
    }
    cursor = page.nextCursor ? `&cursor=${encodeURIComponent(page.nextCursor)}` : '';
  } while (cursor);
  return types;
}

function since(moment) {
  return calls.filter((one) => one.begin >= moment);
}

function expect(holds, what) {
  if (!holds) {
    faults.push(what);
  }
}

function expectAll(all, holds, what) {
  const wrong = all.filter((one) => !holds(one));
  expect(wrong.length === 0, `${what}: ${wrong.length} of ${all.length} not so, first: ${JSON.stringify(wrong[0])}`);
}

async function until(what, holds) {
  const end = Date.now() + RECOVERY;
  while (!holds()) {
    if (Date.now() > end) {
      console.log(`FAULT: not within ${RECOVERY} ms: ${what}`);
      process.exit(1);
    }
    await pause(20);
  }
}

function readPid(server) {
  return Number(readFileSync(`${directory}/${server}.pid`, 'utf8'));
}

function iso(millis) {
  return new Date(millis).toISOString();
}

function show(types) {
  return [...types].map(([type, count]) => `${type} ${count}`).join(', ') || 'none';
}

function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
