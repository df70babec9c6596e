// node dump.mjs FOLDER [WORD]: everything in a bundle as lines of text, or where one word stands.
// core_dump.cpp prints the same lines from the core's own readers.
import { readBundle } from './bundle.mjs';

export function* dump(folder) {
  for (const { list, terms, pages, tails, words, filters, lengths, dictionaries } of readBundle(folder)) {
    yield `language ${list.lang} ${list.dir} stemmed ${Number(list.stemmed)} sections ${list.sectionCount} ` +
      `groups ${list.groupCount} average ${Math.round(list.averageLength * 256)} k1 ${Math.round(list.k1 * 1000)}`;
    for (const file of list.files) yield `file ${file.name} ${file.stored} ${file.raw}`;
    for (const page of list.pages) {
      yield `entry ${page.first} ${page.sections} ${page.group} ${page.weight} ${page.length}`;
    }
    for (const [i, groups] of terms.entries()) {
      const common = i - list.termShards.length;
      yield common < 0 ? `from ${list.termShards[i].firstStem}` : `common ${list.common[common].firstStem}`;
      for (const group of groups) yield* dumpGroup(group);
    }
    for (const page of pages) {
      yield `page ${page.url} ${page.group} ${page.lang} ${page.dir} ${page.title}`;
      for (const section of page.sections) {
        yield `section ${section.level}${section.goesOn ? ' on' : ''} ${section.anchor} ${section.heading}`;
        yield `text ${section.text}`;
        yield `code ${section.code}`;
      }
    }
    for (const tail of tails) {
      yield `tail ${tail.anchor}`;
      yield `text ${tail.text}`;
      yield `code ${tail.code}`;
    }
    for (const word of words) yield `word ${word.word} ${word.pages}`;
    if (lengths.length > 0) yield `lengths ${lengths.join(',')}`;
    for (const { lang, fold, entries } of dictionaries) {
      for (const { source, translations } of entries) {
        yield `translate ${lang} ${fold} ${source} ${translations.map((it) => `${it.target} ${it.code}`).join(' ')}`;
      }
    }
    for (const filter of filters) yield `filter ${filter.key} ${filter.value} ${filter.pages.join(',')}`;
  }
}

function* dumpGroup(group) {
  yield `stem ${group.stem} ${group.pages}`;
  for (const term of group.terms) {
    yield `surface ${term.surface} ${term.flags} ${term.pages}`;
    for (const posting of term.postings) {
      yield `posting ${posting.section} ${posting.code} ${posting.positions.join(',')}`;
    }
  }
}

/** Pages whose text holds `word` as a surface: [{url, anchor}], in the bundle's order. */
export function lookup(folder, word) {
  const found = [];
  for (const { list, terms, pages, tails } of readBundle(folder)) {
    for (const term of terms.flat().flatMap((group) => group.terms)) {
      if (term.surface.toString() !== word) continue;
      for (const posting of term.postings) {
        const page = list.pages.findIndex((entry) => posting.section < entry.first + entry.sections);
        const section = pages[page].sections[posting.section - list.pages[page].first];
        found.push({ url: pages[page].url, anchor: section.anchor || (tails[posting.section]?.anchor ?? '') });
      }
    }
  }
  return found;
}

if (process.argv[1] === import.meta.filename) {
  const [folder, word] = process.argv.slice(2);
  const lines = word === undefined ? dump(folder) : lookup(folder, word).map((hit) => `${hit.url}#${hit.anchor}`);
  for (const line of lines) console.log(line);
}
