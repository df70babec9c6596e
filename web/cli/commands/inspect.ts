/** `crossglot inspect`: what a bundle holds. The native command also takes its parts apart. */
import { BundleReader } from '../core/bundle_reader.js';
import { exitDone } from '../errors.js';
import { flag, parse, required } from '../options.js';
import { loadCoreModule } from '../package_files.js';

export async function inspectCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: 'boolean' } }, 1);
  const bundle = new BundleReader(required(positionals[0], 'the bundle\'s folder'), await loadCoreModule());
  const { manifest } = bundle;
  // Reading every list is the check that they are whole.
  bundle.addLanguages(manifest.languages.map(({ lang }) => lang));
  if (flag(values, 'json')) {
    process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
    return exitDone;
  }
  process.stdout.write(`${manifest.generator}, format ${manifest.format}: ${manifest.groups} groups, `
    + `${manifest.files} files, ${manifest.bytes} bytes\n`);
  for (const { lang, dir, pages, sections, list, size } of manifest.languages) {
    const counts = `${pages} pages, ${sections} sections`;
    process.stdout.write(`${lang.padEnd(8)} ${dir}  ${counts}, list ${list} ${size} bytes\n`);
  }
  return exitDone;
}
