// The TypeScript SDK's client of revision 2026-07-28, which finds out for itself what the server speaks.
// node modern.mjs URL SERVER...
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { judge } from './checks.mjs';

const [url, ...servers] = process.argv.slice(2);
const client = new Client({ name: 'judge', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
await client.connect(new StreamableHTTPClientTransport(new URL(url)));
const differences = await judge(
  'modern client',
  {
    version: () => client.getNegotiatedProtocolVersion(),
    list: async () => (await client.listTools()).tools,
    call: (name, args, onprogress) => client.callTool({ name, arguments: args }, { onprogress }),
  },
  '2026-07-28',
  servers,
);
await client.close();
process.exit(differences === 0 ? 0 : 1);
