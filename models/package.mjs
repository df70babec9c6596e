// Makes an npm package out of a model pack: a folder that `npm pack` and `npm publish` take as it is.
//
//   node models/package.mjs PACK OUT [--name NAME] [--version VERSION]
//
// The package is the pack with package.json and README.md beside it, so that `--model NAME` finds model.json in it.
// NAME defaults to @crossglot/model- and the pack's name, VERSION to crossglot's own.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const usage = 'node models/package.mjs PACK OUT [--name NAME] [--version VERSION]';

function stop(message) {
  process.stderr.write(`models/package.mjs: ${message}\n`);
  process.exit(2);
}

/** The files that model.json and the table of rows name are all `.cgm` files of the folder: nothing else is taken. */
function packFiles(pack, description) {
  const files = readdirSync(pack).filter((name) => /^[0-9a-f]{16}\.cgm$/.test(name));
  if (files.length !== description.files) {
    const count = `${files.length} files of ${description.files}`;
    stop(`${pack}: has ${count}; \`crossglot model inspect\` says which are missing`);
  }
  return files.sort();
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { name: { type: 'string' }, version: { type: 'string' } } });
  } catch (error) {
    return stop(`${error.message}; usage: ${usage}`);
  }
}

const { values, positionals } = readArguments();
if (positionals.length !== 2) stop(`usage: ${usage}`);
const [pack, out] = positionals;
if (!existsSync(join(pack, 'model.json'))) stop(`${pack}: no model pack, it has no model.json`);
if (resolve(pack) === resolve(out)) stop('OUT is PACK itself');

const description = JSON.parse(readFileSync(join(pack, 'model.json'), 'utf8'));
const crossglot = JSON.parse(readFileSync(new URL('../web/package.json', import.meta.url), 'utf8'));
const name = values.name ?? `@crossglot/model-${description.name}`;
if (!/^(@[a-z0-9-][a-z0-9._-]*\/)?[a-z0-9-][a-z0-9._-]*$/.test(name)) stop(`--name ${name}: npm takes no such name`);
if (existsSync(out) && readdirSync(out).length > 0) stop(`${out}: is not empty`);

const files = packFiles(pack, description);
mkdirSync(out, { recursive: true });
for (const file of [...files, 'model.json']) copyFileSync(join(pack, file), join(out, file));

const manifest = {
  name,
  version: values.version ?? crossglot.version,
  description: `${description.name} as a Crossglot model pack`,
  license: description.license === '' ? 'SEE LICENSE IN README.md' : description.license,
  keywords: ['crossglot', 'embeddings', 'search', 'multilingual'],
  files: ['*.cgm', 'model.json'],
  exports: { './model.json': './model.json', './*.cgm': './*.cgm', './package.json': './package.json' },
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
writeFileSync(join(out, 'README.md'), `# ${name}

${description.name} as a model pack for Crossglot: ${description.layers} layers, \
${description.hidden} dimensions, ${description.pieces} pieces, ${(description.bytes / 1e6).toFixed(1)} MB.

Source: ${description.source || 'not stated'}. Licence: ${description.license || 'not stated: ask its makers'}.

    npm install ${name}
    npx crossglot --site DIR --model ${name}
`);
process.stdout.write(`${out}: ${name}@${manifest.version}\n`);
