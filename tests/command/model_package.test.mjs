// models/package.mjs: a pack becomes a package that npm packs and installs, and that --model finds by name.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { command, crossglot, temporaryFolder } from './helper.mjs';
import { writeModelFolder } from './model_folder.mjs';

const recipe = join(dirname(fileURLToPath(import.meta.url)), '../../models/package.mjs');
const folder = temporaryFolder();
const pack = join(folder, 'pack');
const source = writeModelFolder(join(folder, 'source'), { card: { name: 'tiny-model', license: 'MIT' } });
assert.equal(crossglot('model', 'import', source, '--out', pack).code, 0);

const run = (program, args, cwd = folder) => spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 120_000 });
const make = (...args) => run(process.execPath, [recipe, ...args]);

test('the package holds the pack and says its name and licence', () => {
  const out = join(folder, 'package');
  const made = make(pack, out, '--version', '1.2.3');
  assert.equal(made.status, 0, made.stderr);
  const manifest = JSON.parse(readFileSync(join(out, 'package.json'), 'utf8'));
  assert.equal(manifest.name, '@crossglot/model-tiny-model');
  assert.equal(manifest.version, '1.2.3');
  assert.equal(manifest.license, 'MIT');
  assert.deepEqual(readdirSync(out).filter((name) => !/^(package\.json|README\.md)$/.test(name)), readdirSync(pack));
  assert.equal(crossglot('model', 'inspect', out).code, 0);
});

test('npm packs it, installs it, and --model finds it by name', (t) => {
  if (run('npm', ['--version']).status !== 0) return t.skip('there is no npm');
  const out = join(folder, 'to-pack');
  assert.equal(make(pack, out, '--name', '@crossglot/model-tiny').status, 0);
  const packed = run('npm', ['pack', '--json', '--ignore-scripts'], out);
  assert.equal(packed.status, 0, packed.stderr);
  const [{ filename, files }] = JSON.parse(packed.stdout);
  assert.equal(files.length, readdirSync(pack).length + 2);
  const site = join(folder, 'site');
  mkdirSync(site);
  writeFileSync(join(site, 'package.json'), '{"name":"site","private":true}');
  const installed = run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(out, filename)], site);
  assert.equal(installed.status, 0, installed.stderr);
  const embed = (model) => spawnSync(command, ['embed', '--model', model, '--format', 'json'], {
    cwd: site,
    input: 'the archive\n',
    encoding: 'utf8',
  });
  const vector = embed('@crossglot/model-tiny');
  assert.equal(vector.status, 0, vector.stderr);
  assert.equal(JSON.parse(vector.stdout).length, 32);
  assert.equal(vector.stdout, embed(pack).stdout);
  const inspected = spawnSync(command, ['model', 'inspect', '@crossglot/model-tiny'], { cwd: site, encoding: 'utf8' });
  assert.match(inspected.stdout, /^tiny-model /);
});

test('what is no whole pack, or would overwrite something, is an error', () => {
  const broken = join(folder, 'broken');
  assert.equal(crossglot('model', 'import', source, '--out', broken).code, 0);
  rmSync(join(broken, readdirSync(broken).find((name) => name.endsWith('.cgm'))));
  const cases = [
    [[], /usage/],
    [[source, join(folder, 'no')], /no model pack/],
    [[broken, join(folder, 'no')], /inspect/],
    [[pack, pack], /PACK itself/],
    [[pack, source], /not empty/],
    [[pack, join(folder, 'no'), '--name', '../x'], /npm takes no such name/],
    [[pack, join(folder, 'no'), '--colour'], /usage/],
  ];
  for (const [args, message] of cases) {
    const { status, stderr } = make(...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, message);
  }
  assert.ok(!existsSync(join(folder, 'no', 'package.json')));
});
