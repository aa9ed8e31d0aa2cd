// Asks yaml-language-server what an editor would show: underlines in files that
// are in order, underlines in one that is not, and completions.
//
//   node language-server.mjs MODULES ROOT FILE…
//
// Prints one JSON object: {faults: {FILE: [MESSAGE]}, wrong: [MESSAGE], completions: [KEY]}.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [modules, root, ...files] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const rpc = require('vscode-jsonrpc/node');

const server = spawn(process.execPath, [`${modules}/yaml-language-server/bin/yaml-language-server`, '--stdio']);
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(server.stdout),
  new rpc.StreamMessageWriter(server.stdin),
);
const found = new Map();
connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
  found.set(uri, diagnostics.map(({ range, message }) => `${range.start.line + 1}: ${message}`));
});
const settings = { validate: true, completion: true, schemaStore: { enable: false } };
connection.onRequest('workspace/configuration', () => [settings, {}, {}, {}, {}]);
connection.onRequest('client/registerCapability', () => null);
connection.listen();

await connection.sendRequest('initialize', {
  processId: process.pid,
  rootUri: pathToFileURL(root).href,
  capabilities: { textDocument: { completion: {} }, workspace: { configuration: true } },
});
connection.sendNotification('initialized', {});
connection.sendNotification('workspace/didChangeConfiguration', { settings: { yaml: settings } });

function open(path, text) {
  const uri = pathToFileURL(`${root}/${path}`).href;
  const textDocument = { uri, languageId: 'yaml', version: 1, text };
  connection.sendNotification('textDocument/didOpen', { textDocument });
  return uri;
}

const opened = files.map((file) => [file, open(file, readFileSync(`${root}/${file}`, 'utf8'))]);
const wrong = open('wrong.yaml', `# yaml-language-server: $schema=docs/profile.schema.json
system: shop
workloads:
  web:
    image: redis:7
    replica: 3
    kind: Deploymnt
    probes: {liveness: {http: web, period: 10}}
    
`);
// Faults come when the server is ready; a file in order has an empty list.
for (let waited = 0; waited < 300 && found.size <= files.length; waited += 1) await sleep(100);
const position = { line: 8, character: 4 };
const completions = await connection.sendRequest('textDocument/completion', { textDocument: { uri: wrong }, position });
console.log(JSON.stringify({
  faults: Object.fromEntries(opened.map(([file, uri]) => [file, found.get(uri) ?? ['no answer']])),
  wrong: found.get(wrong) ?? [],
  completions: (completions.items ?? completions).map(({ label }) => label),
}));
server.kill();
process.exit(0);
