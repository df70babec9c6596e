// A small site for the feature table: our own text, a page for what must be found and one for what must not, and
// enough beside them that a result is a choice.
const page = (lang, name, title, ...lines) => ({
  url: `/${lang}/${name}.html`, lang, title, group: `${name}.html`,
  sections: [{ anchor: 'top', level: 1, heading: title, text: lines.join('\n') }],
});

const kFiller = {
  en: ['gardens', 'bridges', 'kettles', 'harbours', 'meadows', 'lanterns'].map((thing, at) => page('en',
    `filler-${at}`, `About ${thing}`, `This page describes ${thing} and how they are looked after through the year.`)),
  de: ['Gärten', 'Brücken', 'Kessel', 'Häfen', 'Wiesen', 'Laternen'].map((thing, at) => page('de',
    `filler-${at}`, `Über ${thing}`, `Diese Seite beschreibt ${thing} und ihre Pflege im Lauf des Jahres.`)),
  ja: ['庭', '橋', 'やかん', '港', '牧草地', '灯籠'].map((thing, at) => page('ja',
    `filler-${at}`, `${thing}について`, `このページでは${thing}の手入れについて一年を通して説明します。`)),
  zh: ['花园', '桥梁', '水壶', '港口', '草地', '灯笼'].map((thing, at) => page('zh',
    `filler-${at}`, `关于${thing}`, `本页介绍${thing}以及全年的维护方法。`)),
};

export const kFeaturePages = [
  ...Object.values(kFiller).flat(),
  page('en', 'margin', 'Layout of a letter', 'Set the left margin before you write the address.'),
  page('en', 'columns', 'Layout of a table', 'The margin stands to the left of each column.'),
  page('en', 'printer-local', 'Printer at your desk', 'Plug the printer in and load paper.'),
  page('en', 'printer-network', 'Printer for the office', 'The printer joins the network by cable.'),
  page('en', 'tower', 'A day in Tokyo', 'The tower called 東京スカイツリー opens at ten in the morning.'),
  page('en', 'client', 'Client options', 'Call parseQueryString on the address.',
    'The flag --connect-timeout-ms bounds the wait; HTTP_MAX_RETRIES says how often to try again.'),
  page('de', 'netz', 'Versorgung im Labor', 'Das Hochspannungsnetzgerät steht im Schrank.'),
  page('de', 'geraet', 'Einkaufsliste', 'Ein Netzgerät und zwei Kabel fehlen noch.'),
  page('de', 'teil', 'Ersatzteile', 'Bestellen Sie das Netz\u00adteil mit der Nummer sieben.'),
  page('de', 'schrank', 'Ordnung', 'Der Geräteschrank bleibt abends geschlossen.'),
  page('de', 'flasche', 'Wanderung', 'Vergessen Sie die Wasserflasche nicht.'),
  page('de', 'quelle', 'Am Brunnen', 'Das Wasser ist kalt, und die Flasche wird schnell voll.'),
  page('ja', 'train', '東京から大阪へ', '東海道新幹線は東京と大阪を結ぶ。'),
  page('zh', 'test', '示例', '这是一段简单的测试文本。'),
  page('zh', 'config', '客户端', '先设置请求配置再发送。'),
];

// What a reader types, on the site of which language, the page that must come (its group), and one that must not.
export const kFeatures = [
  { feature: 'quoted phrase', lang: 'en', query: '"left margin"', wanted: 'margin.html', unwanted: 'columns.html' },
  { feature: '-word', lang: 'en', query: 'printer -network', wanted: 'printer-local.html',
    unwanted: 'printer-network.html' },
  { feature: 'CJK substring', lang: 'zh', query: '段简', wanted: 'test.html' },
  { feature: 'CJK substring', lang: 'zh', query: '求配', wanted: 'config.html' },
  { feature: 'CJK substring', lang: 'ja', query: '新幹線', wanted: 'train.html' },
  { feature: 'mixed script', lang: 'en', query: 'スカイツリー', wanted: 'tower.html' },
  { feature: 'compound part, all parts on the site', lang: 'de', query: 'Flasche', wanted: 'flasche.html' },
  { feature: 'compound part, the rest nowhere else', lang: 'de', query: 'Netzgerät', wanted: 'netz.html' },
  { feature: 'compound part, the rest nowhere else', lang: 'de', query: 'Schrank', wanted: 'schrank.html' },
  { feature: 'soft hyphen', lang: 'de', query: 'Netzteil', wanted: 'teil.html' },
  { feature: 'identifier part', lang: 'en', query: 'queryString', wanted: 'client.html' },
  { feature: 'identifier part', lang: 'en', query: 'timeout', wanted: 'client.html' },
  { feature: 'identifier part', lang: 'en', query: 'retries', wanted: 'client.html' },
];

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export function featureHtml({ lang, title, sections }) {
  const paragraphs = sections.flatMap((section) => section.text.split('\n')).map((line) => `<p>${escape(line)}</p>`);
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${escape(title)}</title></head>`
    + `<body><h1 id="top">${escape(title)}</h1>${paragraphs.join('')}</body></html>`;
}
