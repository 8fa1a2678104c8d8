// Calls tools and prints what came as JSON: `node call.js http URL TOKEN` or `node call.js stdio PACKAGE [arguments]`.
// The calls come on the standard input: [{"name", "arguments"}, ...].
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [kind, ...rest] = process.argv.slice(2);

function transport() {
  if (kind === 'http') {
    const [url, token] = rest;
    return new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: { Authorization: `Bearer ${token}` } },
    });
  }
  const [name, ...more] = rest;
  const directory = join(import.meta.dirname, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const bin = typeof manifest.bin === 'string' ? manifest.bin : Object.values(manifest.bin)[0];
  return new StdioClientTransport({
    command: process.execPath,
    args: [join(directory, bin), ...more],
    stderr: 'inherit',
  });
}

const client = new Client({ name: 'agent-tools', version: '1.0.0' });
await client.connect(transport());
const { tools } = await client.listTools();
const answers = [];
for (const call of JSON.parse(readFileSync(0, 'utf8'))) {
  const answer = await client.callTool(call);
  answers.push({
    name: call.name,
    isError: answer.isError === true,
    text: answer.content.map((part) => part.text ?? '').join('\n'),
  });
}
await client.close();
console.log(JSON.stringify({ tools: tools.map((tool) => tool.name), answers }));
