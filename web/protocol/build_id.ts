declare const CROSSGLOT_BUILD: string | undefined;

/**
 * A file of the runtime beside this one, named so that the parts of two deploys never mix: the packer defines one id
 * for all runtime files, and a browser's cache knows a file by its whole address.
 */
export function runtimeUrl(name: string, folder: string | URL): URL {
  const url = new URL(name, folder);
  if (typeof CROSSGLOT_BUILD === 'string') url.searchParams.set('v', CROSSGLOT_BUILD);
  return url;
}
