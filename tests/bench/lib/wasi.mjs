// Runs a command that was compiled to wasm alone, in a page: what it prints comes back as text. It must not read
// anything but its arguments and the clock.
export async function runCommand(bytes, args) {
  const module = await WebAssembly.compile(bytes);
  const encoder = new TextEncoder();
  const words = ['command', ...args].map((word) => encoder.encode(`${word}\0`));
  let memory;
  let printed = '';
  const view = () => new DataView(memory.buffer);
  const calls = {
    args_sizes_get(count, size) {
      view().setUint32(count, words.length, true);
      view().setUint32(size, words.reduce((sum, word) => sum + word.length, 0), true);
      return 0;
    },
    args_get(pointers, buffer) {
      words.forEach((word, i) => {
        view().setUint32(pointers + 4 * i, buffer, true);
        new Uint8Array(memory.buffer, buffer, word.length).set(word);
        buffer += word.length;
      });
      return 0;
    },
    clock_time_get(_clock, _precision, out) {
      view().setBigUint64(out, BigInt(Math.round(performance.now() * 1e6)), true);
      return 0;
    },
    fd_write(_file, parts, count, written) {
      let total = 0;
      for (let i = 0; i < count; i++) {
        const [begin, size] = [view().getUint32(parts + 8 * i, true), view().getUint32(parts + 8 * i + 4, true)];
        printed += new TextDecoder().decode(new Uint8Array(memory.buffer, begin, size).slice());
        total += size;
      }
      view().setUint32(written, total, true);
      return 0;
    },
    proc_exit(code) {
      throw new Exit(code);
    },
  };
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = calls[name] ?? (() => 0);
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  memory = exports.memory;
  try {
    exports._start();
  } catch (error) {
    if (!(error instanceof Exit) || error.code !== 0) throw error;
  }
  return printed;
}

class Exit extends Error {
  constructor(code) {
    super(`the command ended with ${code}`);
    this.code = code;
  }
}
