// The TypeScript SDK's client of the revisions with a handshake.
// node legacy.mjs URL SERVER...
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { judge } from './checks.mjs';

const [url, ...servers] = process.argv.slice(2);
const client = new Client({ name: 'judge', version: '1.0.0' });
const transport = new StreamableHTTPClientTransport(new URL(url));
await client.connect(transport);
const differences = await judge(
  'legacy client',
  {
    version: () => transport.protocolVersion,
    list: async () => {
      const tools = [];
      let cursor;
      do {
        const page = await client.listTools({ cursor });
        tools.push(...page.tools);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return tools;
    },
    call: (name, args, onprogress) => client.callTool({ name, arguments: args }, undefined, { onprogress }),
  },
  '2025-11-25',
  servers,
);
await client.ping();
await client.close();
process.exit(differences === 0 ? 0 : 1);
