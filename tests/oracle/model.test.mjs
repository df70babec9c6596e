// A pack that the command writes, read by the second reader, holds the numbers of the folder that it was made of.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { crossglot, pages, temporaryFolder, writeDocuments } from '../command/helper.mjs';
import { writeModelFolder } from '../command/model_folder.mjs';
import { readModel } from './model.mjs';

const folder = temporaryFolder();
const source = writeModelFolder(join(folder, 'source'));

/** Tensors by name, out of model.safetensors. */
function readTensors() {
  const file = readFileSync(join(source, 'model.safetensors'));
  const size = Number(file.readBigUInt64LE());
  const data = file.subarray(8 + size);
  const values = ({ data_offsets: [begin, end] }) =>
    Array.from({ length: (end - begin) / 4 }, (_, i) => data.readFloatLE(begin + 4 * i));
  const header = JSON.parse(file.toString('utf8', 8, 8 + size));
  return Object.fromEntries(Object.entries(header).map(([name, entry]) => [name, values(entry)]));
}
const tensors = readTensors();

/** `share` of a block's scale is how far a weight may be off: half a step; of int4's positive end, which lacks one, a whole. */
function assertClose({ weights, scales }, name, share) {
  const flat = weights.flatMap((row) => [...row]);
  assert.equal(flat.length, tensors[name].length, name);
  flat.forEach((weight, i) => {
    const allowed = share * Math.abs(scales[Math.floor(i / 32)]);
    assert.ok(Math.abs(weight - tensors[name][i]) <= allowed, `${name}[${i}]: ${weight} for ${tensors[name][i]}`);
  });
}

function assertLinear(linear, name, share) {
  assertClose(linear, `${name}.weight`, share);
  assert.deepEqual(linear.bias, tensors[`${name}.bias`]);
}

for (const [encoding, share] of [['int8', 0.56], ['int4', 1.01]]) {
  test(`a pack of ${encoding} weights holds every tensor of its source`, () => {
    const out = join(folder, encoding);
    assert.equal(crossglot('model', 'import', source, '--out', out, '--weights', encoding).code, 0);
    const { encoder } = readModel(out);
    assert.deepEqual(encoder.type, tensors['embeddings.token_type_embeddings.weight'].slice(0, 32));
    assert.deepEqual(encoder.norm.scale, tensors['embeddings.LayerNorm.weight']);
    assertClose(encoder.positions, 'embeddings.position_embeddings.weight', 0.56);
    encoder.layers.forEach((layer, i) => {
      const prefix = `encoder.layer.${i}.`;
      assert.equal(layer.query.encoding, encoding === 'int4' ? 0 : 1);
      assertLinear(layer.query, `${prefix}attention.self.query`, share);
      assertLinear(layer.key, `${prefix}attention.self.key`, share);
      assertLinear(layer.value, `${prefix}attention.self.value`, share);
      assertLinear(layer.attentionOutput, `${prefix}attention.output.dense`, share);
      assertLinear(layer.feedForward, `${prefix}intermediate.dense`, share);
      assertLinear(layer.output, `${prefix}output.dense`, share);
      assert.deepEqual(layer.attentionNorm.shift, tensors[`${prefix}attention.output.LayerNorm.bias`]);
      assert.deepEqual(layer.outputNorm.scale, tensors[`${prefix}output.LayerNorm.weight`]);
    });
  });
}

test('rows have the same numbers in whatever order their pages have them', () => {
  const documents = writeDocuments(folder, 'site.jsonl', pages);
  const site = join(folder, 'site');
  const args = ['--documents', documents, '--languages', 'fr,ru'];
  assert.equal(crossglot('model', 'import', join(folder, 'int8'), '--out', site, ...args).code, 0);
  const before = readModel(join(folder, 'int8'));
  const after = readModel(site);
  assert.deepEqual(after.groups.map((group) => group.label).slice(0, 1), ['first']);
  assert.notDeepEqual(after.groups, before.groups);
  const missing = after.groups.find((group) => group.label === 'Hani').pieces;
  assert.equal(missing.length, 1);
  before.rows.forEach((row, piece) => assert.deepEqual(after.rows[piece], missing.includes(piece) ? undefined : row));
});
