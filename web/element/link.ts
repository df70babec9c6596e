/** Addresses of results. */

/** The site's root: the folder around the bundle's. */
export function siteRoot(bundle: string | URL): URL {
  return new URL('..', bundle);
}

/** `path` as indexed (relative to the site's root, with or without a slash before it) and a heading's id. */
export function resultUrl(path: string, anchor: string, root: URL): string {
  // Relative even if the path begins with a name that looks like a scheme.
  const url = new URL(`./${path.replace(/^\/+/, '')}`, root);
  if (anchor) url.hash = anchor;
  return url.href;
}
