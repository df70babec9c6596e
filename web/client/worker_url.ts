/** Pages that require Trusted Types take a worker's address only from a policy; this one vouches for the bundle's. */
import { runtimeUrl } from '../protocol/build_id.js';

interface Policies {
  createPolicy(name: string, rules: Policy): Policy;
}

interface Policy {
  createScriptURL(url: string): string;
}

let policy: Policy | undefined;

/** Address of the worker in the bundle's folder, as `new Worker` takes it on this page. */
export function workerUrl(folder: URL): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  policy ??= trustedTypes?.createPolicy('crossglot', { createScriptURL: (url) => url });
  const { href } = runtimeUrl('worker.js', folder);
  return policy ? policy.createScriptURL(href) : href;
}
