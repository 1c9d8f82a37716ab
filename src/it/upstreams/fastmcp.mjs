// A server that is not ours: npm's fastmcp, which speaks the revisions up to 2025-11-25, with sessions.
// node fastmcp.mjs PORT
import { FastMCP, UserError } from 'fastmcp';
import { z } from 'zod';

const server = new FastMCP({ name: 'fastmcp', version: '1.0.0', logger: silent() });
const safe = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };

server.addTool({
  name: 'add',
  description: 'Adds two numbers',
  parameters: z.object({ a: z.number(), b: z.number() }),
  annotations: safe,
  execute: async ({ a, b }) => String(a + b),
});
server.addTool({
  name: 'echo',
  description: 'Answers what it is told',
  parameters: z.object({ text: z.string() }),
  annotations: safe,
  execute: async ({ text }) => text,
});
server.addTool({
  name: 'slow',
  description: 'Answers after so many seconds',
  parameters: z.object({ seconds: z.number().min(0).max(600) }),
  execute: async ({ seconds }) => {
    await pause(seconds * 1000);
    return `waited ${seconds} s`;
  },
});
server.addTool({
  name: 'fail',
  description: 'Fails',
  parameters: z.object({ message: z.string().optional() }),
  execute: async ({ message }) => {
    throw new UserError(message ?? 'failed as asked');
  },
});
server.addTool({
  name: 'big',
  description: 'Answers a text of so many bytes',
  parameters: z.object({ bytes: z.number().int().min(0) }),
  annotations: safe,
  execute: async ({ bytes }) => 'x'.repeat(bytes),
});
server.addTool({
  name: 'progress',
  description: 'Tells its progress in so many steps',
  parameters: z.object({ steps: z.number().int().min(1).max(1000) }),
  execute: async ({ steps }, { reportProgress }) => {
    for (let step = 1; step <= steps; step++) {
      await reportProgress({ progress: step, total: steps });
      await pause(20);
    }
    return `took ${steps} steps`;
  },
});

const port = Number(process.argv[2]);
await server.start({ transportType: 'httpStream', httpStream: { port, host: '127.0.0.1', endpoint: '/mcp' } });
console.log(`fastmcp listens on ${port}`);

function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

function silent() {
  const nothing = () => {};
  return { debug: nothing, error: console.error, info: nothing, log: nothing, warn: nothing };
}
