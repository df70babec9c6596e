// Real sentences in their languages: what each is cut into, and what its words share with their variants.
#include <array>
#include <catch_amalgamated.hpp>
#include <set>

#include "text/describe.h"
#include "text/language.h"

using namespace crossglot;

namespace {

struct Sentence {
  std::string language;
  std::string text;
  std::string tokens;
};

const std::vector<Sentence> kSentences = {
    {"en", "The user's settings aren't saved until you've closed both dialogs.",
     "the user settings/set arent saved/save until youve/youv closed/close both dialogs/dialog"},
    {"fr", "L'utilisateur qu'il faut prévenir n'a pas enregistré ses préférences d'affichage.",
     "utilisateur/utilis il faut prévenir/preven a pas enregistré/enregistr ses préférences/preferent "
     "affichage/affichag"},
    {"de", "Die Größe der Schriftarten überprüft das Programm für Straßennamen.",
     "die grösse/gross der schriftarten/schriftart überprüft/uberpruft das programm für/fur "
     "strassennamen/strassennam"},
    {"es", "Las páginas añadidas aparecerán rápidamente en el índice español.",
     "las páginas/pagin añadidas/anad aparecerán/aparec rápidamente/rapid en el índice/indic español/espanol"},
    {"pt", "As configurações não serão guardadas até à próxima sessão.",
     "as configurações/configur não/nao serão/sera guardadas/guard até/ate à/a próxima/proxim sessão/sessa"},
    {"it", "Dell'archivio c'è un'altra copia nell'unità più veloce.",
     "archivio/archiv è/e altra copia/cop unità/unit più/piu veloce/veloc"},
    {"ca", "L'intel·ligència d'aquestes aplicacions és col·lectiva.",
     "intel·ligència/intel.lig aquestes/aquest aplicacions/aplic és/es col·lectiva/col.lect"},
    {"ro", "Fișierele șterse și rețelele într-o singură listă.",
     "fișierele/fisier șterse/ster și/si rețelele/retel într-o/intro +într/intr +o singură/sing listă/list"},
    {"nl", "De foto's van de gebruikers zijn automatisch geüpload.",
     "de foto van de gebruikers/gebruiker zijn automatisch geüpload/geupload"},
    {"sv", "EU:s ändringar gör sökningarna snabbare på svenska öar.",
     "eu ändringar/andring gör/gor sökningarna/sokning snabbare/snabb på/pa svenska/svensk öar/oar"},
    {"da", "Søgningerne på øen blev hurtigere med nye nøgleord.",
     "søgningerne/sogning på/pa øen/oen blev hurtigere/hurt med nye nøgleord/nogleord"},
    {"nb", "Søkingene på øya ble raskere med nøkkelordene.",
     "søkingene/soking på/pa øya/oya ble raskere/rasker med nøkkelordene/nokkelord"},
    {"fi", "EU:n käyttäjien asetukset tallennetaan tiedostoihin.",
     "eu käyttäjien/kayttaj asetukset/asetuks tallennetaan/tallen tiedostoihin/tiedosto"},
    {"hu", "A felhasználók beállításait később mentjük a könyvtárakba.",
     "a felhasználók/felhasznalo beállításait/beallitas később/kesobb mentjük/ment a könyvtárakba/konyvtar"},
    {"tr", "İstanbul'daki kullanıcıların IŞIK ayarları Türkçe'ye çevrildi.",
     "istanbul kullanıcıların/kullanic ışık/isik ayarları/ayar türkçe/turkce çevrildi/cevril"},
    {"pl", "Łódź: użytkownicy zapisują źródła w plikach żółtych.",
     "łódź/lodz użytkownicy/uzytkownicy zapisują/zapisuja źródła/zrodla w plikach żółtych/zoltych"},
    {"cs", "Příliš žluťoučký kůň uživatelů vypíná nastavení.",
     "příliš/prilis žluťoučký/zlutoucky kůň/kun uživatelů/uzivatelu vypíná/vypina nastavení/nastaveni"},
    {"vi", "Người dùng tìm kiếm đường dẫn bằng tiếng Việt.",
     "người/nguoi dùng/dung tìm/tim kiếm/kiem đường/duong dẫn/dan bằng/bang tiếng/tieng việt/viet"},
    {"id", "Pengguna menyimpan berkas-berkas pengaturan terbarunya.",
     "pengguna/guna menyimpan/simpan berkas-berkas/kasberkas +berkas +berkas pengaturan/atur terbarunya/baru"},
    {"lt", "Naudotojų nustatymai išsaugomi žemėlapiuose.",
     "naudotojų/naud nustatymai/nustatym išsaugomi/issaugom žemėlapiuose/zemelap"},
    {"ga", "D'fhoilsigh an t-údar leabhair na hÉireann.",
     "fhoilsigh/foilsigh an t-údar/tudar +t +údar/udar leabhair na !héireann/heireann +éireann/eireann"},
    {"eu", "Erabiltzaileen ezarpenak fitxategietan gordetzen dira.",
     "erabiltzaileen/erabiltzaile ezarpenak/ezarp fitxategietan/fitxa gordetzen/gorde dira"},
    {"ru", "Ёмкость резервных копий пользователей была увеличена.",
     "ёмкость/емкост резервных/резервн копий/коп пользователей/пользовател была/был увеличена/увелич"},
    {"uk", "Комп'ютери користувачів з'єднані мережею Київ–Львів.",
     "компютери користувачів зєднані мережею київ львів"},
    {"sr", "Корисничка подешавања su sačuvana u датотекама.",
     "корисничка/korisnick подешавања/podesavanj su sačuvana/sacuva u датотекама/datotek"},
    {"el", "Οι χρήστες αποθηκεύουν τις ρυθμίσεις ΤΟΥΣ γρήγορα.",
     "οι χρήστεσ/χρηστ αποθηκεύουν/αποθηκευ τισ ρυθμίσεισ/ρυθμ τουσ/τ γρήγορα/γρηγορ"},
    {"hy", "Օգտագործողների կարգավորումները պահվում են ֆայլերում:",
     "օգտագործողների/օգտագործող կարգավորումները/կարգ պահվում/պահ են ֆայլերում/ֆայլեր"},
    {"ar", "يحفظ المُستخدِمون الإعدادات في الملفّات ٢٠٢٤.",
     "يحفظ المستخدمون/مستخدم الإعدادات/اعداد في الملفات/ملف #٢٠٢٤/2024"},
    {"fa", "کتاب‌های کاربران در پوشهٔ تنظیمات ذخیره می‌شوند ۱۴۰۳.",
     "کتابهای/كتابهاي +کتاب/كتاب +های/هاي کاربران/كاربران در پوشه تنظیمات/تنظيمات ذخیره/ذخيره میشوند/ميشوند +می/مي "
     "+شوند #۱۴۰۳/1403"},
    {"ur", "صارفین کی ترتیبات محفوظ ہیں۔", "صارفین/صارفين کی/كي ترتیبات/ترتيبات محفوظ ہیں/هيں"},
    {"he", "המשתמשים שומרים את צה״ל והַגְדָּרוֹת בקובץ.", "המשתמשים שומרים את צהל והגדרות בקובץ"},
    {"yi", "די באַניצער ראַטעווען טעקעס.", "די באניצער/באניצ ראטעווען/ראטעװ טעקעס/טעק"},
    {"hi", "उपयोगकर्ताओं की सेटिंग्स फ़ाइलों में सहेजी जाती हैं।", "उपयोगकर्ताओं/उपयोगकर्त की सेटिंग्स फ़ाइलों/फाइल में सहेजी/सहेज जाती/ज हैं"},
    {"ne", "प्रयोगकर्ताहरूको सेटिङहरू फाइलमा बचत हुन्छ।", "प्रयोगकर्ताहरूको/प्रयोगकर्ता सेटिङहरू/सेटिङ फाइलमा/फाइल बचत हुन्छ"},
    {"ta", "பயனர்களின் அமைப்புகள் கோப்புகளில் சேமிக்கப்படும்.",
     "பயனர்களின்/பய அமைப்புகள்/அமைப்பு கோப்புகளில்/கோப்பு சேமிக்கப்படும்/சேமி"},
    {"bn", "ব্যবহারকারীদের সেটিংস ফাইলে সংরক্ষিত হয়।", "ব্যবহারকারীদের সেটিংস ফাইলে সংরক্ষিত হয়"},
    {"ja", "ファイルを保存すると、ﾃﾞｰﾀが更新されます。",
     "ファ ァイ イル ル を 保存 存す する ると と デー ータ タ が 更新 新さ され れま ます す"},
    {"zh-CN", "用户设置保存在配置文件中，共有５个。",
     "用户 户设 设置 置保 保存 存在 在配 配置 置文 文件 件中 中 共有 有 #5 个"},
    {"zh-TW", "使用者的設定會儲存在「檔案」裡。", "使用 用者 者的 的設 設定 定會 會儲 儲存 存在 在 檔案 案 裡"},
    {"ko", "사용자의 설정을 파일에 저장합니다. LibreOffice를 여십시오.",
     "사용자의/사용자 +사용 +용자 +자의 설정을/설정 +정을 파일에/파일 +일에 저장합니다/저장 +장합 +합니 +니다 "
     "!libreoffice/libreoffic +libre/libr +office/offic 여십시오 +여십 +십시 +시오"},
    {"th", "ผู้ใช้บันทึกการตั้งค่าลงในไฟล์", "ผู้ใ ใช้ ช้บั บัน นทึ ทึก กก กา าร รตั้ ตั้ง งค่ ค่า าล ลง งใ ใน นไ ไฟ ฟล์ ล์"},
    {"lo", "ຜູ້ໃຊ້ບັນທຶກໄຟລ໌", "ຜູ້ໃ ໃຊ້ ຊ້ບັ ບັນ ນທຶ ທຶກ ກໄ ໄຟ ຟລ໌ ລ໌"},
    {"km", "អ្នកប្រើ​រក្សាទុក​ឯកសារ",
     "អ្នក កប្រើ ប្រើរ រក្សា ក្សាទុ ទុក កឯ ឯក កសា សារ រ"},
    {"my", "အသုံးပြုသူ", "အသုံး သုံးပြု ပြုသူ သူ"},
    {"ka", "მომხმარებლის პარამეტრები ინახება.", "მომხმარებლის პარამეტრები ინახება"},
    {"am", "የተጠቃሚ ቅንብሮች ተቀምጠዋል።", "የተጠቃሚ ቅንብሮች ተቀምጠዋል"},
    {"", "Unknown languages' words, données.", "unknown languages/languag words/word données/donne"},
};

}  // namespace

TEST_CASE("A sentence of each language is cut into its words, bigrams and stems") {
  for (const Sentence& sentence : kSentences) {
    INFO(sentence.language << ": " << sentence.text);
    CHECK(describe(analyze(sentence.language, sentence.text)) == sentence.tokens);
  }
}

TEST_CASE("The sentences cover every Snowball algorithm") {
  std::set<std::string_view> algorithms;
  for (const Sentence& sentence : kSentences) algorithms.insert(stemmer_algorithm(sentence.language));
  algorithms.erase("");
  CHECK(algorithms.size() == 28);  // Snowball's 29th is Porter's first English one
}

TEST_CASE("Words typed without their accents share the stem of the words with them") {
  const std::vector<std::array<std::string, 3>> pairs = {
      {"fr", "préférences", "preferences"},
      {"de", "Größe", "grösse"},
      {"es", "páginas", "paginas"},
      {"pt", "sessão", "sessao"},
      {"pl", "źródła", "zrodla"},
      {"vi", "đường", "duong"},
      {"tr", "IŞIK", "isik"},
      {"cs", "žluťoučký", "zlutoucky"},
      {"el", "ρυθμίσεις", "ρυθμισεισ"},
      {"ru", "ёмкость", "емкость"},
      {"ar", "المُستخدِمون", "المستخدمون"},
      {"he", "שָׁלוֹם", "שלום"},
      {"fa", "کتاب", "كتاب"},
      {"da", "øen", "oen"},
      {"ro", "rețelele", "retelele"},
      {"ar", "أحمد", "احمد"},
      {"ar", "مدرسة", "مدرسه"},
      {"hi", "फ़ाइल", "फाइल"},
  };
  for (const auto& [language, accented, plain] : pairs) {
    INFO(language << ": " << accented << " " << plain);
    REQUIRE(analyze(language, accented).size() == 1);
    REQUIRE(analyze(language, plain).size() == 1);
    CHECK(analyze(language, accented)[0].stem == analyze(language, plain)[0].stem);
    CHECK(analyze(language, accented)[0].surface != "");
  }
}

TEST_CASE("Letters of other alphabets that only look accented stay apart") {
  CHECK(analyze("ru", "йод")[0].stem != analyze("ru", "иод")[0].stem);
  CHECK(analyze("ja", "が")[0].stem != analyze("ja", "か")[0].stem);
  CHECK(analyze("uk", "їжа")[0].stem != analyze("uk", "іжа")[0].stem);
}

TEST_CASE("Scripts are found inside a page of another language") {
  CHECK(describe(analyze("en", "The word 東京都 means Tokyo.")) == "the word 東京 京都 都 means/mean tokyo");
  CHECK(describe(analyze("ja", "LibreOfficeのsettingsを開く")) ==
        "!libreoffice/libreoffic +libre/libr +office/offic の settings/set を 開く く");
  CHECK(describe(analyze("ru", "Окно settings и диалоги")) == "окно/окн settings/set и диалоги/диалог");
  CHECK(describe(analyze("en", "Окна and диалоги")) == "окна and диалоги");
  CHECK(describe(analyze("zh", "第3章Writer文档")) == "第 #3 章 writer 文档 档");
  CHECK(describe(analyze("ko", "API를 2개 설정")) == "api #2 개 설정");
}
