// A static server on localhost that keeps a record of what it sent: the ruler of the cold measure.
//
// It answers as a common static host does: text types are gzip-encoded (what a browser downloads), files that are
// compressed inside are sent as they are. Bytes are those of the response's body. Each response waits `latency_ms`,
// so that requests which depend on one another can be told from those that run together.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';

const kTypes = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8', '.json': 'application/json', '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

export class Server {
  #mounts;
  #pages;
  #encoded = new Map();
  #server = null;
  #latency_ms;
  log = [];  // { path, bytes, begin_ms, end_ms }, in order of arrival

  // mounts: prefix of the address to a folder or to several, the first that has the file ('/pagefind/': DIR);
  // pages: address to HTML text.
  constructor({ mounts, pages = {}, latency_ms = 0 }) {
    this.#mounts = Object.entries(mounts)
      .flatMap(([prefix, folders]) => [folders].flat().map((folder) => [prefix, folder]))
      .sort((a, b) => b[0].length - a[0].length);
    this.#pages = pages;
    this.#latency_ms = latency_ms;
  }

  async start() {
    this.#server = http.createServer((request, response) => this.#answer(request, response));
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #find(address) {
    if (this.#pages[address] !== undefined) {
      return { body: Buffer.from(this.#pages[address]), extension: '.html' };
    }
    for (const [prefix, folder] of this.#mounts) {
      if (!address.startsWith(prefix)) continue;
      const file = path.join(folder, path.normalize(`/${address.slice(prefix.length)}`));
      if (fs.existsSync(file) && fs.statSync(file).isFile()) {
        return { body: fs.readFileSync(file), extension: path.extname(file) };
      }
    }
    return null;
  }

  #encode(address) {
    if (!this.#encoded.has(address)) {
      const found = this.#find(address);
      if (found === null) return null;
      const headers = {
        'Content-Type': kTypes[found.extension] ?? 'application/octet-stream',
        'Cache-Control': 'public, max-age=3600',
        // High-resolution clocks in the page need an isolated origin.
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
        'Cross-Origin-Resource-Policy': 'same-origin',
      };
      let body = found.body;
      if (kTypes[found.extension] !== undefined) {
        body = zlib.gzipSync(body, { level: 9 });
        headers['Content-Encoding'] = 'gzip';
      }
      headers['Content-Length'] = body.length;
      this.#encoded.set(address, { body, headers });
    }
    return this.#encoded.get(address);
  }

  #answer(request, response) {
    const address = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const entry = { path: address, bytes: 0, begin_ms: performance.now(), end_ms: Infinity };
    this.log.push(entry);
    const send = () => {
      const found = this.#encode(address);
      entry.bytes = found?.body.length ?? 0;
      response.writeHead(found === null ? 404 : 200, found?.headers ?? {});
      response.end(found?.body);
      entry.end_ms = performance.now();
    };
    if (this.#latency_ms === 0) send();
    else setTimeout(send, this.#latency_ms);
  }
}

// The longest chain of requests of which each began after the one before it had been answered.
export function dependentRounds(log) {
  const requests = [...log].sort((a, b) => a.begin_ms - b.begin_ms);
  const rounds = [];
  for (const request of requests) {
    let before = 0;
    rounds.forEach((round, at) => {
      if (requests[at].end_ms <= request.begin_ms) before = Math.max(before, round);
    });
    rounds.push(before + 1);
  }
  return Math.max(0, ...rounds);
}
