/** A search as the core's text of lines "key=value" (core/include/crossglot/crossglot.h). */
import type { RequestOptions } from '../protocol/messages.js';

/** What the worker adds to a page's options. */
export interface CoreOptions extends RequestOptions {
  /** The query's vector, for cores that know meaning (core/include/crossglot/meaning.h). */
  readonly vector?: string;
}

/** `draft`: for a first sight, which spares files where the answer is good enough without them. */
export function requestText(query: string, options: CoreOptions, draft = false): string {
  const lines: string[] = [];
  const add = (key: string, value: string | number) => {
    lines.push(`${key}=${String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`);
  };
  add('query', query);
  if (options.lang) add('lang', options.lang);
  if (options.in?.length) add('in', options.in.join(','));
  if (options.limit !== undefined) add('limit', options.limit);
  if (draft) add('draft', 1);
  if (options.vector) add('vector', options.vector);
  for (const [key, values] of Object.entries(options.filters ?? {})) {
    for (const value of values) add('filter', `${key}:${value}`);
  }
  return `${lines.join('\n')}\n`;
}
