// Scripts without spaces, compounds, and text of one script inside another.
#include <catch_amalgamated.hpp>

#include "search/bundle.h"

namespace crossglot::test {
namespace {

TEST_CASE("any stretch of Chinese text finds its page") {
  const Bundle bundle({
      page("/yes", "测试", "这是一段简单的测试文本", "zh-CN"),
      page("/no", "其他", "今天天气很好", "zh-CN"),
  });
  for (const char* query : {"段简", "是一段", "简单的测试", "文本", "这是一段简单的测试文本", "\"一段简单\""}) {
    CAPTURE(query);
    CHECK(urls(bundle.search(query, "zh-CN")) == "/yes");
  }
}

TEST_CASE("a single character finds every place that it stands at, and is marked alone") {
  const Bundle bundle({
      page("/cat", "動物", "黒い猫がいる。", "ja"),
      page("/end", "終わり", "これは猫", "ja"),
      page("/dog", "犬", "白い犬がいる。", "ja"),
  });
  const SearchResponse response = bundle.search("猫", "ja");
  CHECK(response.hits.size() == 2);
  for (const Hit& hit : response.hits) {
    const SectionHit& section = hit.sections.front();
    CHECK(bracketed(section.excerpt, section.marks).find("[猫]") != std::string::npos);
  }
}

TEST_CASE("words of kana and Han are found on a page of another language") {
  const Bundle bundle({
      page("/tokyo", "Sights of Tokyo", "The tower is called スカイツリー and the train 新幹線 in Japanese."),
      page("/paris", "Sights of Paris", "The tower is called Eiffel tower."),
  });
  CHECK(urls(bundle.search("新幹線")) == "/tokyo");
  CHECK(urls(bundle.search("スカイツリー")) == "/tokyo");
  CHECK(urls(bundle.search("スカイ")) == "/tokyo");
}

TEST_CASE("a Thai word is found inside a sentence without spaces") {
  const Bundle bundle({
      page("/yes", "หน้าแรก", "ภาษาไทยเป็นภาษาที่สวยงาม", "th"),
      page("/no", "อื่น", "วันนี้อากาศดี", "th"),
  });
  CHECK(urls(bundle.search("สวยงาม", "th")) == "/yes");
}

TEST_CASE("a part of a German compound finds the compound") {
  const Bundle bundle({
      page("/compound", "Eins", "Das Hochspannungsnetzgerät ist gefährlich.", "de"),
      page("/parts", "Zwei", "Ein Netzgerät liefert Strom. Hochspannung nicht.", "de"),
      page("/soft", "Drei", "Das Kabel\u00adnetz\u00adwerk ist alt.", "de"),
      page("/other", "Vier", "Der Himmel ist blau.", "de"),
  });
  const SearchResponse response = bundle.search("Netzgerät ", "de");
  CHECK(urls(response) == "/parts /compound");
  CHECK(urls(bundle.search("kabelnetzwerk ", "de")) == "/soft");
}

TEST_CASE("a German compound that no page has finds its parts") {
  const Bundle bundle({
      page("/parts", "Eins", "Der Körper entsteht durch Extrusion.", "de"),
      page("/other", "Zwei", "Der Himmel ist blau.", "de"),
  });
  CHECK(urls(bundle.search("Extrusionskörper ", "de")) == "/parts");
}

TEST_CASE("a wrong character in a run still finds the page by the characters around it") {
  const Bundle bundle({
      page("/preview", "多页预览", "在这里看文档。", "zh-CN"),
      page("/print", "打印", "打印文档。", "zh-CN"),
  });
  CHECK(urls(bundle.search("多截预览", "zh-CN")) == "/preview");
}

TEST_CASE("Arabic and Hebrew pages say their direction") {
  const Bundle bundle({
      page("/ar", "دليل التثبيت", "كيفية تثبيت الحزمة على النظام.", "ar"),
      page("/ar2", "مقدمة", "أهلا بكم.", "ar"),
  });
  const SearchResponse response = bundle.search("تثبيت", "ar");
  REQUIRE_FALSE(response.hits.empty());
  CHECK(response.hits.front().url == "/ar");
  CHECK(response.hits.front().dir == "rtl");
}

}  // namespace
}  // namespace crossglot::test
