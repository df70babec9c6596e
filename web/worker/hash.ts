/** Bytes as two hexadecimal digits each. */
export function digits(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => (byte & 255).toString(16).padStart(2, '0')).join('');
}

/**
 * Whether `content` has this SHA-256, in hexadecimal digits: the browser computes it on a thread of its own. Undefined
 * where it has no such function (plain http).
 */
export async function hasHash(content: Uint8Array<ArrayBuffer>, sha256: string): Promise<boolean | undefined> {
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto };
  return subtle && digits(new Uint8Array(await subtle.digest('SHA-256', content))) === sha256;
}
