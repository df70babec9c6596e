/** Pages that require Trusted Types take a worker's address only from a policy; this one vouches for the bundle's. */
import { runtimeUrl } from '../protocol/build_id.js';
import { SearchError } from '../protocol/error.js';

interface Policies {
  createPolicy(name: string, rules: Policy): Policy;
}

interface Policy {
  createScriptURL(url: string): string;
}

let policy: Policy | undefined;

/** The module worker `script` of the bundle's folder. @throws {SearchError} 'unsupported'. */
export function startWorker(folder: URL, script: string): Worker {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  const { href } = runtimeUrl(script, folder);
  try {
    policy ??= trustedTypes?.createPolicy('crossglot', { createScriptURL: (url) => url });
    return new Worker(policy ? policy.createScriptURL(href) : href, { type: 'module', name: 'crossglot' });
  } catch (error) {
    throw new SearchError('unsupported', `The browser refuses the worker ${href}`, { cause: error });
  }
}
