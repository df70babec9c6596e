/** Modules that stop in the middle of something: a real one, in whose function a condition traps. */

const UNREACHABLE_ABOVE = [0x4a, 0x04, 0x40, 0x00, 0x0b]; // i32.gt_s, if, unreachable, end
const LOCAL_GET = 0x20;
const I32_CONST = 0x41;
const IMPORTS = 2;
const EXPORTS = 7;
const CODE = 10;

/** An unsigned LEB128 number and where it ends. */
function read(bytes: Buffer, at: number): [value: number, end: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...unsigned(Math.floor(value / 128))];
}

function signed(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >> 7)];
}

/** Where the content of section `id` begins and ends; its size stands in front. */
function section(wasm: Buffer, id: number): { readonly head: number; readonly begin: number; readonly end: number } {
  for (let at = 8; at < wasm.length;) {
    const [size, begin] = read(wasm, at + 1);
    if (wasm[at] === id) return { head: at, begin, end: begin + size };
    at = begin + size;
  }
  throw new Error(`The module has no section ${id}`);
}

/** How many functions it imports; our modules import nothing else. */
function imported(wasm: Buffer): number {
  let [count, at] = read(wasm, section(wasm, IMPORTS).begin);
  for (let rest = count; rest > 0; rest--) {
    for (let names = 2; names > 0; names--) {
      const [size, begin] = read(wasm, at);
      at = begin + size;
    }
    if (wasm[at] !== 0) throw new Error('The module imports what is no function');
    [, at] = read(wasm, at + 1);
  }
  return count;
}

/** The number of the exported function, those imported counted first. */
function exported(wasm: Buffer, name: string): number {
  let [count, at] = read(wasm, section(wasm, EXPORTS).begin);
  for (; count > 0; count--) {
    const [size, begin] = read(wasm, at);
    const [number, end] = read(wasm, begin + size + 1);
    if (wasm.toString('utf8', begin, begin + size) === name) return number;
    at = end;
  }
  throw new Error(`The module does not export ${name}`);
}

/** The module, whose function `name` traps where its argument number `argument` (an i32) is above `limit`. */
export function trapping(wasm: Buffer, name: string, argument: number, limit: number): Buffer {
  const { head, begin, end } = section(wasm, CODE);
  let [, at] = read(wasm, begin);
  for (let skip = exported(wasm, name) - imported(wasm); skip > 0; skip--) {
    const [size, body] = read(wasm, at);
    at = body + size;
  }
  const [size, body] = read(wasm, at);
  let [groups, locals] = read(wasm, body);
  for (; groups > 0; groups--) locals = read(wasm, locals)[1] + 1;
  const trap = [LOCAL_GET, ...unsigned(argument), I32_CONST, ...signed(limit), ...UNREACHABLE_ABOVE];
  const code = Buffer.concat([
    wasm.subarray(begin, at), Buffer.from(unsigned(size + trap.length)), wasm.subarray(body, locals),
    Buffer.from(trap), wasm.subarray(locals, end),
  ]);
  return Buffer.concat([
    wasm.subarray(0, head), Buffer.from([CODE, ...unsigned(code.length)]), code, wasm.subarray(end),
  ]);
}
