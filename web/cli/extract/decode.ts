/** Bytes of an HTML file as text. */

const kLabel = /<meta[^>]+charset\s*=\s*["']?\s*([a-z0-9_:.-]+)/i;

/** UTF-8, whatever the byte order mark or the file's own <meta charset> says, when that is known. */
export function decodeHtml(bytes: Uint8Array): { text: string; broken: boolean } {
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  if (mark === 0xfffe) return { text: new TextDecoder('utf-16le').decode(bytes), broken: false };
  if (mark === 0xfeff) return { text: new TextDecoder('utf-16be').decode(bytes), broken: false };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), broken: false };
  } catch {
    const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
    const label = kLabel.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
    try {
      if (!/^utf-?8$/.test(label)) {
        return { text: new TextDecoder(label, { fatal: true }).decode(bytes), broken: false };
      }
    } catch {
      // An unknown label or a text that breaks its own encoding: fall through to UTF-8 with replacements.
    }
    return { text: new TextDecoder('utf-8').decode(bytes), broken: true };
  }
}
