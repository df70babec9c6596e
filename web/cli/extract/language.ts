/** Language tags as pages and paths write them. */

/** ISO 639-1, and the three-letter codes that documentation is written in. */
const kLanguages = new Set((
  'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee '
  + 'el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io '
  + 'is it iu iw ja ji jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml '
  + 'mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd '
  + 'se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi '
  + 'vo wa wo xh yi yo za zh zu ast ckb csb dsb fil fur gsw haw hsb kab kmr mai nds nso pap sat scn szl vec yue'
).split(' '));

const kTag = /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|[0-9]{3}))?(?:[-_@][a-z0-9]+)*$/i;

/** "zh_cn" -> "zh-CN", "EN-us" -> "en-US", "sr_latn" -> "sr-Latn"; '' for what is no language tag. */
export function normalizeLanguage(tag: string): string {
  const parts = kTag.exec(tag.trim().replace(/\.(utf-?8)$/i, ''));
  if (!parts) return '';
  const language = parts[1]!.toLowerCase();
  if (!kLanguages.has(language) && language !== 'und') return '';
  const script = parts[2] ? `-${parts[2][0]!.toUpperCase()}${parts[2].slice(1).toLowerCase()}` : '';
  const region = parts[3] ? `-${parts[3].toUpperCase()}` : '';
  return language + script + region;
}

export function primaryLanguage(tag: string): string {
  return tag.split('-', 1)[0]!.toLowerCase();
}

/** Scripts that name a language, by how much of a text they must fill. */
const kScripts: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/[\u0750-\u077f\u067e\u0686\u0698\u06a9\u06af\u06cc]/gu, 'fa'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Greek}/gu, 'el'],
  [/[\u0456\u0457\u0454\u0491]/gu, 'uk'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Devanagari}/gu, 'hi'],
];

/** Scripts that several languages share: the one named is the commonest. */
const kMainScripts = new Set(['zh', 'ar', 'ru']);
/** Told from the language of their script by a few letters of their own. */
const kTellingLetters = new Set(['fa', 'uk']);

/** Frequent short words of languages in Latin script. */
const kFunctionWords: Record<string, string> = {
  en: 'the of and to is in that for you are with this be on as it or can if not',
  de: 'der die das und ist nicht mit für ein eine den von zu auf sie werden wird oder auch sich',
  fr: 'le la les des est une dans pour que qui pas sur vous avec par du au cette ce sont',
  es: 'el los las del una para que con por como se es más este esta puede su al lo si',
  it: 'il che di per una non con sono della del è gli nel questo alla le come più si può',
  pt: 'os uma para que não com do da em por mais como se você ao pode são este esta das',
  nl: 'het een van en is niet met voor dat op de te zijn wordt worden als bij ook kan naar',
  pl: 'nie jest się na do to że jak dla przez lub oraz są z po tego może być od czy',
  sv: 'och att det är som en för på av med inte till den ett kan om från eller har du',
  tr: 've bir bu için ile olarak da de olan daha gibi veya en çok ne kadar değil var her',
};

/** How many votes make a language believable. */
const kVotesMin = 5;

/** The language of a text that declares none; '' when it is too short to say. */
export function guessLanguage(text: string): string {
  const sample = text.slice(0, 20_000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 20) return '';
  for (const [script, lang] of kScripts) {
    const share = (sample.match(script)?.length ?? 0) / letters;
    const least = kMainScripts.has(lang) ? 0.4 : kTellingLetters.has(lang) ? 0.02 : 0.1;
    if (share > least) {
      return lang;
    }
  }
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  let best = '';
  let bestVotes = kVotesMin - 1;
  for (const [lang, list] of Object.entries(kFunctionWords)) {
    const frequent = new Set(list.split(' '));
    const votes = words.reduce((sum, word) => sum + (frequent.has(word) ? 1 : 0), 0);
    if (votes > bestVotes) [best, bestVotes] = [lang, votes];
  }
  return best;
}
