// Which page comes first, and which pages come at all.
#include <catch_amalgamated.hpp>

#include "search/bundle.h"

namespace crossglot::test {
namespace {

std::string first(const SearchResponse& response) {
  return response.hits.empty() ? "" : response.hits.front().url;
}

Bundle manual() {
  return Bundle({
      page("/install", "Installation", "How to install the package on Linux. Installing takes a minute."),
      page("/install-windows", "Installation on Windows", "Run the installer and follow its steps."),
      page("/upgrade", "Upgrade", "Before the upgrade, read how installation works and make a backup."),
      page("/memory", "Memory",
           "The flag --max-old-space-size raises the limit of the heap. Old objects need space."),
      page("/space", "Space", "Max size of old space: size matters, old or not, space is space at max."),
      page("/errors", "Errors", "E0277 means that a trait is not implemented. See also E0282."),
      page("/hooks", "Hooks", "Call useEffect after rendering, and useState before. The effect of use is large."),
      page("/cpp", "C++ modules", "C++ has modules since 2020. C has none."),
      page("/c", "The C language", "C is small. C compiles fast. C programs are portable."),
      page("/weather", "Weather", "Rain and sun, wind and cloud."),
  });
}

TEST_CASE("the page whose title is the query comes first") {
  const Bundle bundle = manual();
  CHECK(first(bundle.search("installation")) == "/install");
  CHECK(first(bundle.search("installation on windows")) == "/install-windows");
  CHECK(first(bundle.search("upgrade")) == "/upgrade");
}

TEST_CASE("a page whose whole title is the query comes before pages that say it more often") {
  const Bundle bundle({
      page("/cells", "Format cells and their contents", "The format of a cell: format, format, and format again."),
      page("/format", "Format", "Commands for laying out the document."),
      page("/paragraph", "Paragraph", "The format of a paragraph. Choose a format. A format may be changed."),
  });
  CHECK(first(bundle.search("format ")) == "/format");
}

TEST_CASE("a section named by the query lifts its page above one that only mentions it") {
  const auto functions = [](std::string url, std::string name) {
    return Page{
        std::move(url), "Functions by category", {{"", "Many functions."}, {std::move(name), "Adds numbers."}}};
  };
  const Bundle bundle({
      functions("/text", "Concatenate strings"),
      page("/sorting", "Sorting", "Sum before you sort: a sum, another sum, the sum of sums in a cell."),
      functions("/sum", "Sum"),
  });
  CHECK(first(bundle.search("sum function ")) == "/sum");
}

TEST_CASE("a relative of the word is found after the word itself, and minus leaves it alone") {
  const Bundle bundle({
      page("/nom", "Un", "La suppression des chapitres.", "fr"),
      page("/verbe", "Deux", "Comment supprimer les chapitres.", "fr"),
      page("/autre", "Trois", "Les chapitres d'un livre.", "fr"),
  });
  CHECK(urls(bundle.search("suppression ", "fr")) == "/nom /verbe");
  CHECK(urls(bundle.search("chapitres -suppression ", "fr")) == "/autre /verbe");
}

TEST_CASE("an identifier as typed comes before its parts strewn over a page") {
  const Bundle bundle = manual();
  CHECK(first(bundle.search("--max-old-space-size")) == "/memory");
  CHECK(first(bundle.search("E0277")) == "/errors");
  CHECK(first(bundle.search("useEffect")) == "/hooks");
  CHECK(first(bundle.search("max-old-space-size")) == "/memory");
}

TEST_CASE("C++ is not C") {
  const Bundle bundle = manual();
  CHECK(first(bundle.search("C++")) == "/cpp");
  CHECK(first(bundle.search("C ")) == "/c");
}

TEST_CASE("inflections match, the very word is preferred") {
  const Bundle bundle({
      page("/one", "One", "The engine was tuned by its makers twice."),
      page("/two", "Two", "The engine needs tuning by its makers twice."),
      page("/three", "Three", "Nothing to see here at all."),
  });
  CHECK(urls(bundle.search("tuning ")) == "/two /one");
  CHECK(urls(bundle.search("tuned ")) == "/one /two");
}

TEST_CASE("an accent as typed is preferred, a missing one forgiven") {
  const Bundle bundle({
      page("/cote", "Un", "La cote du navire est haute.", "fr"),
      page("/cote-azur", "Deux", "La côte du navire est haute.", "fr"),
      page("/autre", "Trois", "Rien du tout.", "fr"),
  });
  CHECK(urls(bundle.search("côte ", "fr")) == "/cote-azur /cote");
  CHECK(urls(bundle.search("cote ", "fr")) == "/cote /cote-azur");
}

TEST_CASE("a heavier page comes first among equals") {
  Page heavy = page("/heavy", "Widget", "All about the widget.");
  heavy.weight = 4;
  Page light = page("/light", "Widget", "All about the widget.");
  light.weight = 0.25;
  const Bundle bundle({light, page("/plain", "Widget", "All about the widget."), heavy});
  CHECK(urls(bundle.search("widget")) == "/heavy /plain /light");
}

TEST_CASE("a quoted phrase stands word by word") {
  const Bundle bundle({
      page("/yes", "One", "Attach a shadow root to the element."),
      page("/no", "Two", "The root casts a shadow. A shadow of a root, a root of a shadow."),
      page("/inflected", "Three", "Many shadow roots are attached."),
  });
  CHECK(urls(bundle.search("\"shadow root\"")) == "/yes");
  CHECK(urls(bundle.search("\"shadow roots\"")) == "/inflected");
  CHECK(bundle.search("shadow root").hits.size() == 3);
}

TEST_CASE("a phrase that stands nowhere is searched as words and reported") {
  const Bundle bundle({page("/a", "One", "The root casts a shadow."), page("/b", "Two", "Nothing.")});
  const SearchResponse response = bundle.search("\"shadow root\"");
  CHECK(urls(response) == "/a");
  CHECK(response.dropped == std::vector<std::string>{"shadow root"});
}

TEST_CASE("an excluded word leaves its pages out, in any inflection") {
  const Bundle bundle({
      page("/vue", "Vue", "A router for components."),
      page("/react", "React", "A router for components. Reacting to props."),
  });
  CHECK(urls(bundle.search("router -react")) == "/vue");
  CHECK(urls(bundle.search("router -\"components reacting\"")) == "/vue");
  CHECK(bundle.search("router -angular").hits.size() == 2);
}

TEST_CASE("one of two alternatives is enough") {
  const Bundle bundle({
      page("/vue", "One", "Components in vue."),
      page("/lit", "Two", "Components in lit."),
      page("/other", "Three", "Components in general."),
  });
  const SearchResponse response = bundle.search("components vue OR lit ");
  REQUIRE(response.hits.size() == 3);
  CHECK(response.hits.back().url == "/other");
  CHECK(response.dropped.empty());
}

TEST_CASE("when no page holds all words, the best partial matches come and the lost word is named") {
  const Bundle bundle({
      page("/both", "One", "A red apple on the table."),
      page("/one", "Two", "A red car in the yard."),
      page("/none", "Three", "A blue sky."),
  });
  const SearchResponse response = bundle.search("red apple xylophones ");
  CHECK(first(response) == "/both");
  CHECK(response.dropped == std::vector<std::string>{"xylophones"});
  CHECK(bundle.search("red apple ").dropped.empty());
}

TEST_CASE("the last word may go on while it is typed") {
  const Bundle bundle = manual();
  CHECK(first(bundle.search("insta")) == "/install");
  CHECK(first(bundle.search("how to instal")) == "/install");
  CHECK(first(bundle.search("--max-ol")) == "/memory");
  SearchRequest whole = request("insta");
  whole.prefix = false;
  CHECK(bundle.search(whole).hits.empty());
  CHECK(bundle.search("zzz").hits.empty());
}

TEST_CASE("a typing error is corrected and reported") {
  const Bundle bundle = manual();
  for (const char* typed : {"upgarde", "pugrade", "upgrrade", "upgrde", "vpgrade"}) {
    CAPTURE(typed);
    const SearchResponse response = bundle.search(typed);
    CHECK(first(response) == "/upgrade");
    REQUIRE(response.corrected.size() == 1);
    CHECK(response.corrected.front().from == typed);
    CHECK(response.corrected.front().to == "upgrade");
  }
  CHECK(bundle.search("upgrade").corrected.empty());
}

TEST_CASE("words written together or apart find each other") {
  const Bundle bundle({
      page("/together", "One", "Load a dataset from disk."),
      page("/apart", "Two", "A data source is there, and a file system is mounted."),
      page("/none", "Three", "Nothing of the kind."),
  });
  CHECK(first(bundle.search("data set ")) == "/together");
  const SearchResponse split = bundle.search("filesystem ");
  CHECK(first(split) == "/apart");
  REQUIRE(split.corrected.size() == 1);
  CHECK(split.corrected.front().to == "file system");
}

TEST_CASE("a capital in the wrong place and a swap across a hump are typing errors") {
  const Bundle bundle({page("/time", "One", "Call FileDateTime for the date."), page("/b", "Two", "Call nothing.")});
  CHECK(first(bundle.search("FilDeateTime ")) == "/time");
}

TEST_CASE("words of one key of a filter are alternatives, keys must all hold") {
  Page old_linux = page("/1", "Router", "The router.");
  old_linux.filters = {{"version", "1"}, {"os", "linux"}};
  Page new_linux = page("/2", "Router", "The router.");
  new_linux.filters = {{"version", "2"}, {"os", "linux"}};
  Page new_mac = page("/3", "Router", "The router.");
  new_mac.filters = {{"version", "2"}, {"os", "mac"}};
  const Bundle bundle({old_linux, new_linux, new_mac, page("/4", "Router", "The router.")});
  SearchRequest filtered = request("router");
  filtered.filters = {{"version", "2"}};
  CHECK(bundle.search(filtered).total == 2);
  filtered.filters = {{"version", "1"}, {"version", "2"}};
  CHECK(bundle.search(filtered).total == 3);
  filtered.filters = {{"version", "2"}, {"os", "linux"}};
  CHECK(urls(bundle.search(filtered)) == "/2");
  filtered.filters = {{"colour", "red"}};
  CHECK(bundle.search(filtered).hits.empty());
}

}  // namespace
}  // namespace crossglot::test
