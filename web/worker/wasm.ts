/**
 * Compiles and starts wasm modules that were linked without any generated JavaScript. They are reactors:
 * `_initialize` runs once before the first call.
 */
import { SearchError } from '../protocol/error.js';
import { brokenOff, request } from './http.js';

/** @throws {SearchError} 'missing' | 'network' | 'unsupported'. */
export async function compile(url: URL): Promise<WebAssembly.Module> {
  const response = await request(url);
  // Hosts that do not know the type cannot be streamed from; the bytes are the same.
  const typed = response.headers.get('content-type')?.startsWith('application/wasm');
  try {
    if (typed) return await WebAssembly.compileStreaming(response);
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (error) {
    // Bytes that are refused are a CompileError.
    if (error instanceof TypeError) throw brokenOff(url.pathname, error);
    const refused = `The browser does not run ${url.pathname}: ${error instanceof Error ? error.message : error}`;
    throw new SearchError('unsupported', refused, { cause: error });
  }
}

const ENOSYS = 52;

/** `host`: functions of the module `env`. What a module asks of WASI beside that is answered with "not there". */
export async function start<T extends object>(
  module: WebAssembly.Module,
  host: Record<string, (...args: number[]) => number> = {},
): Promise<T> {
  const imports: Record<string, Record<string, (...args: number[]) => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = (from === 'env' && host[name]) || (() => ENOSYS);
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  (exports as { _initialize?: () => void })._initialize?.();
  return exports as T;
}
