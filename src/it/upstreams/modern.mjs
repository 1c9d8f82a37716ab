// A server that is not ours: the TypeScript SDK's, which speaks revision 2026-07-28 here and refuses those before it.
// node modern.mjs PORT
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

const safe = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };

function make() {
  const server = new McpServer({ name: 'modern', version: '1.0.0' });
  server.registerTool(
    'add',
    {
      description: 'Adds two numbers',
      inputSchema: z.object({ a: z.number(), b: z.number() }),
      outputSchema: z.object({ sum: z.number() }),
      annotations: safe,
    },
    async ({ a, b }) => ({ ...text(String(a + b)), structuredContent: { sum: a + b } }),
  );
  server.registerTool(
    'echo',
    { description: 'Answers what it is told', inputSchema: z.object({ text: z.string() }), annotations: safe },
    async (told) => text(told.text),
  );
  server.registerTool(
    'slow',
    { description: 'Answers after so many seconds', inputSchema: z.object({ seconds: z.number().min(0).max(600) }) },
    async ({ seconds }) => {
      await pause(seconds * 1000);
      return text(`waited ${seconds} s`);
    },
  );
  server.registerTool(
    'fail',
    { description: 'Fails', inputSchema: z.object({ message: z.string().optional() }) },
    async ({ message }) => ({ ...text(message ?? 'failed as asked'), isError: true }),
  );
  server.registerTool(
    'big',
    {
      description: 'Answers a text of so many bytes',
      inputSchema: z.object({ bytes: z.number().int().min(0) }),
      annotations: safe,
    },
    async ({ bytes }) => text('x'.repeat(bytes)),
  );
  server.registerTool(
    'progress',
    {
      description: 'Tells its progress in so many steps',
      inputSchema: z.object({ steps: z.number().int().min(1).max(1000) }),
    },
    async ({ steps }, context) => {
      const progressToken = context.mcpReq._meta?.progressToken;
      for (let step = 1; step <= steps; step++) {
        if (progressToken !== undefined) {
          await context.mcpReq.notify({
            method: 'notifications/progress',
            params: { progressToken, progress: step, total: steps },
          });
        }
        await pause(20);
      }
      return text(`took ${steps} steps`);
    },
  );
  return server;
}

const port = Number(process.argv[2]);
const handle = toNodeHandler(createMcpHandler(make, { legacy: 'reject' }));
createServer((request, response) => {
  if (new URL(request.url, 'http://localhost').pathname !== '/mcp') {
    response.writeHead(404).end();
    return;
  }
  handle(request, response);
}).listen(port, '127.0.0.1', () => console.log(`modern listens on ${port}`));

function text(value) {
  return { content: [{ type: 'text', text: value }] };
}

function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
