// Pages whose translations the demo leaves out, so that it has what most sites have: pages that only the original
// language knows. A reader of another language still finds them (tests/demo/untranslated-queries.tsv). Links to them
// lead nowhere, as they would on such a site.

/** LibreOffice Help: these exist in English and Chinese alone. */
const libreoffice = [
  'text/scalc/guide/integer_leading_zero.html',
  'text/scalc/guide/print_title_row.html',
  'text/shared/guide/print_blackwhite.html',
  'text/shared/guide/tipoftheday.html',
  'text/swriter/guide/indices_literature.html',
];

/** The Debian Handbook: these do not exist in Arabic. */
const handbook = [
  'sect.after-first-boot.html',
  'sect.kernel-role-and-tasks.html',
  'sect.network-diagnosis-tools.html',
];

/** Site and language to the pages that they lack, as addresses below the language's folder. */
export const untranslated = {
  libreoffice: { fr: libreoffice, de: libreoffice, ja: libreoffice },
  handbook: { 'ar-MA': handbook },
};

/** Whether the demo leaves out page `name` of `language`. */
export const isLeftOut = (site, language, name) => untranslated[site][language]?.includes(name) ?? false;
