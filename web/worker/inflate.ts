/** Gzip files, as every file of a bundle and of a model pack is one. */
import { SearchError } from '../protocol/error.js';

/** Bytes handed over at once: deflate makes at most a thousand times as much of them before it can be stopped. */
const SLICE = 1 << 16;

/**
 * The content of a gzip file, at most `rawMax` bytes; `name` is for messages. Some hosts declare the file's gzip as
 * their own encoding, and the browser has inflated it already: then the bytes are the content.
 * @throws {SearchError} 'corrupt'.
 */
export async function inflate(
  stored: Uint8Array<ArrayBuffer>, rawMax: number, name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (stored[0] !== 0x1f || stored[1] !== 0x8b) return stored;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const { readable, writable } = new DecompressionStream('gzip');
  const reader = readable.getReader();
  // Slices, not a Blob's stream: that one crosses to the browser's process and back.
  void feed(writable.getWriter(), stored).catch(() => {});
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      size += step.value.length;
      if (size > rawMax) throw new SearchError('corrupt', `${name} inflates to more than ${rawMax} bytes`);
      chunks.push(step.value);
    }
  } catch (error) {
    void reader.cancel().catch(() => {});
    if (error instanceof SearchError) throw error;
    throw new SearchError('corrupt', `${name} is not whole`, { cause: error });
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** What goes wrong is told by the reading side. */
async function feed(to: WritableStreamDefaultWriter<BufferSource>, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let at = 0; at < bytes.length; at += SLICE) await to.write(bytes.subarray(at, at + SLICE));
  await to.close();
}
