import assert from 'node:assert/strict';
import { test } from 'node:test';

import { crossglot, smallBundle, temporaryFolder } from './helper.mjs';

const folder = temporaryFolder();

test('an unknown flag is bad usage and is named', () => {
  const { code, out, err } = crossglot('search', folder, 'word', '--bogus');
  assert.equal(code, 2);
  assert.match(err, /--bogus/);
  assert.match(err, /crossglot search --help/);
  assert.equal(out, '');
});

test('an unknown command and no command are bad usage', () => {
  assert.equal(crossglot('fly').code, 2);
  assert.equal(crossglot().code, 2);
});

test('--help and --version answer and succeed', () => {
  const help = crossglot('--help');
  assert.equal(help.code, 0);
  for (const name of ['index', 'search', 'run', 'inspect', 'serve']) assert.match(help.out, new RegExp(`\\b${name}\\b`));
  const version = crossglot('--version');
  assert.equal(version.code, 0);
  assert.match(version.out, /^\d+\.\d+\.\d+\n$/);
});

test('--site says which command reads HTML', () => {
  const { code, err } = crossglot('--site', folder);
  assert.equal(code, 2);
  assert.match(err, /npx crossglot --site/);
});

test('dense and hybrid search say what they need: a model, and a bundle with vectors', () => {
  const bundle = smallBundle(folder);
  for (const mode of ['dense', 'hybrid']) {
    const { code, err } = crossglot('search', bundle, 'archive', '--mode', mode);
    assert.equal(code, 2);
    assert.match(err, /need --model/);
    const asked = crossglot('search', bundle, 'archive', '--mode', mode, '--model', './e5.pack');
    assert.equal(asked.code, 2);
    assert.match(asked.err, /has no vectors/);
  }
  assert.match(crossglot('search', bundle, 'archive', '--mode', 'psychic').err, /no such mode/);
});

test('a limit that is no number, or none at all, is bad usage', () => {
  const bundle = smallBundle(folder, 'limits');
  for (const limit of ['0', '-3', 'ten', '']) {
    assert.equal(crossglot('search', bundle, 'archive', '--limit', limit).code, 2, `--limit ${limit}`);
  }
});
