/** `crossglot serve`: a site's folder on localhost, to try the search before the site is deployed. */
import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { CommandError, exitInput } from '../errors.js';
import { count, parse, required } from '../options.js';

const kTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.htm': 'text/html; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/** The file for a request's path, or null: never one outside of `root`. */
export function fileFor(root: string, url: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/, ''));
  } catch {
    return null;
  }
  if (path.includes('\0')) return null;
  const file = normalize(join(root, path));
  if (file !== root && !file.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
  for (const candidate of [file, join(file, 'index.html'), `${file}.html`]) {
    if (statSync(candidate, { throwIfNoEntry: false })?.isFile()) return candidate;
  }
  return null;
}

function respond(root: string, request: IncomingMessage, response: ServerResponse): void {
  const file = request.method === 'GET' || request.method === 'HEAD' ? fileFor(root, request.url ?? '/') : null;
  if (!file) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
    return;
  }
  const type = kTypes[extname(file).toLowerCase()] ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file).on('error', () => response.destroy()).pipe(response);
}

/** Ports that are tried after the first one. */
const kPortsTried = 20;
const kFirstPort = 8000;

export function serveCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { port: { type: 'string' }, host: { type: 'string' } }, 1);
  const root = resolve(required(positionals[0], 'the site\'s folder'));
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandError(exitInput, `${positionals[0]}: there is no such folder`);
  }
  const chosen = count(values, 'port', 0, 1, 65_535);
  const host = typeof values['host'] === 'string' ? values['host'] : '127.0.0.1';
  return new Promise((_, reject) => {
    const server = createServer((request, response) => respond(root, request, response));
    let port = chosen || kFirstPort;
    server.on('error', (error: NodeJS.ErrnoException) => {
      const again = error.code === 'EADDRINUSE' && chosen === 0 && port < kFirstPort + kPortsTried;
      if (again) server.listen(++port, host);
      const why = error.code === 'EADDRINUSE' ? 'in use' : error.message;
      if (!again) reject(new CommandError(exitInput, `port ${port}: ${why}`));
    });
    server.on('listening', () => process.stdout.write(`http://${host}:${port}/\n`));
    server.listen(port, host);
  });
}
