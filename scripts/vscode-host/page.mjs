import { createReadStream, statSync } from 'node:fs';
import http from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';

/** Where the extension's own files are served, for the web extension host. */
const EXTENSION_ROUTE = '/interop-lens-under-development';
const CONFIGURATION_TAG = 'id="vscode-workbench-web-configuration" data-settings="';
const MEDIA_TYPES = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.css': 'text/css',
  '.html': 'text/html',
  '.md': 'text/markdown',
};

/**
 * Serves the workbench on 127.0.0.1 with the extension under development loaded: passes everything on to VS Code's
 * server, except that the page is told of the extension (and of tests to run), and that `/` opens the folder.
 * @param {object} options
 * @param {string} options.socket of the server (see server.mjs)
 * @param {number} [options.port] 0 or absent: any free one
 * @param {string} options.extensionFolder the extension under development
 * @param {'node' | 'web'} options.host which extension host runs it
 * @param {string} [options.testsFile] a bundle inside `extensionFolder` that exports `run()`
 * @param {string | null} options.workspace a folder or a `.code-workspace` file; null opens none
 * @param {boolean} [options.trusted] false leaves workspace trust as a person has it; default true
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` opens the workbench
 * @throws {NodeJS.ErrnoException} when the port is taken (`EADDRINUSE`)
 */
export async function servePage({ socket, port = 0, extensionFolder, host, testsFile, workspace, trusted = true }) {
  const home = `/?${queryOf(workspace)}`;
  const pageServer = http.createServer((request, response) => {
    const { pathname, search } = new URL(request.url, 'http://localhost');
    if (pathname.startsWith(`${EXTENSION_ROUTE}/`)) {
      sendFile(response, extensionFolder, decodeURIComponent(pathname.slice(EXTENSION_ROUTE.length + 1)));
    } else if (pathname === '/' && search === '') {
      response.writeHead(302, { location: home }).end();
    } else {
      const development =
        pathname === '/' ? developmentOptions(request.headers.host, { extensionFolder, host, testsFile }) : null;
      passOn(request, response, socket, development, trusted);
    }
  });
  pageServer.on('upgrade', (request, client, head) => passOnUpgrade(request, client, head, socket));
  // WebSockets too, which the HTTP server no longer knows once they are upgraded.
  const open = new Set();
  pageServer.on('connection', (connection) => {
    open.add(connection);
    connection.once('close', () => open.delete(connection));
  });
  await new Promise((resolve, reject) => {
    pageServer.once('error', reject);
    pageServer.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${pageServer.address().port}/`,
    stop: () =>
      new Promise((resolve) => {
        pageServer.close(() => resolve());
        for (const connection of open) connection.destroy();
      }),
  };
}

/** @param {string | null} workspace */
function queryOf(workspace) {
  // The server opens what was open last unless it is told that it shall not.
  if (workspace === null) return 'ew=true';
  return new URLSearchParams([[workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace]]);
}

/**
 * `developmentOptions` of the workbench's configuration. The authority must be the one that the browser used, so that
 * a forwarded port or `localhost` work as well.
 * @param {string} authority host and port
 * @param {{ extensionFolder: string, host: 'node' | 'web', testsFile?: string }} extension
 */
function developmentOptions(authority, { extensionFolder, host, testsFile }) {
  const uriOf = (file) =>
    host === 'node'
      ? { scheme: 'vscode-remote', authority, path: file }
      : { scheme: 'http', authority, path: path.posix.join(EXTENSION_ROUTE, path.relative(extensionFolder, file)) };
  const options = { extensions: [uriOf(extensionFolder)] };
  return testsFile ? { ...options, extensionTestsPath: uriOf(testsFile) } : options;
}

/**
 * Sends a request to VS Code's server and its answer back; the workbench's page is changed on the way.
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {string} socket
 * @param {object | null} development set for the workbench's page
 * @param {boolean} trusted
 */
function passOn(request, response, socket, development, trusted) {
  const headers = { ...request.headers };
  // The page must come as text, and anew each time.
  if (development) for (const name of ['accept-encoding', 'if-none-match', 'if-modified-since']) delete headers[name];
  const upstream = http.request(
    { socketPath: socket, method: request.method, path: request.url, headers },
    (answer) => {
      if (!development || answer.statusCode !== 200) {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
        return;
      }
      let page = '';
      answer.setEncoding('utf8');
      answer.on('data', (text) => (page += text));
      answer.on('end', () => {
        const body = rewriteConfiguration(page, development, trusted);
        const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = answer.headers;
        response
          .writeHead(200, { ...rest, 'cache-control': 'no-store', 'content-length': Buffer.byteLength(body) })
          .end(body);
      });
    },
  );
  upstream.on('error', (error) => {
    if (response.headersSent) response.destroy();
    else
      response
        .writeHead(502, { 'content-type': 'text/plain' })
        .end(`VS Code's server does not answer: ${error.message}\n`);
  });
  request.pipe(upstream);
}

/**
 * The page with the extension under development in its configuration.
 * @param {string} page
 * @param {object} development
 * @param {boolean} trusted
 * @throws {Error} when the page is not the workbench's
 */
function rewriteConfiguration(page, development, trusted) {
  const start = page.indexOf(CONFIGURATION_TAG);
  if (start < 0) return page;
  const from = start + CONFIGURATION_TAG.length;
  const to = page.indexOf('"', from);
  const configuration = JSON.parse(page.slice(from, to).replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
  configuration.developmentOptions = { ...configuration.developmentOptions, ...development };
  if (trusted) configuration.enableWorkspaceTrust = false;
  const attribute = JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return page.slice(0, from) + attribute + page.slice(to);
}

/**
 * Joins a WebSocket's two ends.
 * @param {http.IncomingMessage} request
 * @param {import('node:stream').Duplex} client
 * @param {Buffer} head
 * @param {string} socket
 */
function passOnUpgrade(request, client, head, socket) {
  const upstream = connect(socket, () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let i = 0; i < request.rawHeaders.length; i += 2)
      lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(client);
    client.pipe(upstream);
  });
  upstream.on('error', () => client.destroy());
  client.on('error', () => upstream.destroy());
  client.on('close', () => upstream.destroy());
}

/**
 * One file of the extension, for the worker that runs its `browser` entry.
 * @param {http.ServerResponse} response
 * @param {string} folder
 * @param {string} name relative, decoded
 */
function sendFile(response, folder, name) {
  const file = path.resolve(folder, name);
  const inside = file.startsWith(folder + path.sep) && !name.split('/').some((part) => part.startsWith('.'));
  const size = inside ? statSync(file, { throwIfNoEntry: false }) : undefined;
  if (!size?.isFile()) {
    response.writeHead(404, { 'access-control-allow-origin': '*' }).end();
    return;
  }
  response.writeHead(200, {
    'access-control-allow-origin': '*',
    'content-type': MEDIA_TYPES[path.extname(file)] ?? 'application/octet-stream',
    'content-length': size.size,
    'cache-control': 'no-store',
  });
  createReadStream(file).pipe(response);
}
