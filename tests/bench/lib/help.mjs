// Gets LibreOffice Help the way the demo does, unless CROSSGLOT_LO names a folder that holds it already.
import { fetchPackages, libreofficePackage } from '../../../examples/demo/fetch.mjs';
import { libreofficeSource } from '../../../examples/demo/paths.mjs';
import { kRelevanceLanguages } from './corpus.mjs';

export async function provideHelp() {
  if (process.env.CROSSGLOT_LO !== undefined) return;
  await fetchPackages(['libreoffice-help-common', ...kRelevanceLanguages.map(libreofficePackage)]);
  process.env.CROSSGLOT_LO = libreofficeSource;
}
