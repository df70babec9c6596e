/** Requests to the site's own origin: one retry where it can help, and a typed error. */
import { SearchError } from '../protocol/error.js';

const RETRY_AFTER_MS = 300;

async function attempt(url: URL, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    throw new SearchError('network', `${url.pathname} could not be loaded`, { cause: error });
  }
  if (response.ok) return response;
  const gone = response.status === 404 || response.status === 410;
  throw new SearchError(gone ? 'missing' : 'network', `${url.pathname} was answered with status ${response.status}`);
}

/** What a body that stopped coming is told as. */
export function brokenOff(name: string, cause: unknown): SearchError {
  return new SearchError('network', `${name} broke off while it was loading`, { cause });
}

/** @throws {SearchError} 'missing' (404, 410: not tried again) | 'network'. */
export async function request(url: URL, init: RequestInit = {}): Promise<Response> {
  try {
    return await attempt(url, init);
  } catch (error) {
    if ((error as SearchError).code === 'missing') throw error;
  }
  await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
  return attempt(url, init);
}
