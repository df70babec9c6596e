// The native `crossglot`: options in, one of command.h's run_* out.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>

#include "command/command.h"

namespace crossglot::command {

namespace {

constexpr const char* kVersion = CROSSGLOT_VERSION;

const char* const kModes = "lexical, dense or hybrid; the last two need --model";

void add_meaning(CLI::App& command, MeaningOptions& options) {
  command.add_option("--model", options.model, "the model pack that the bundle was made with: folder or npm package");
  command.add_option("--cache", options.cache, "folder of vectors made before; none: keeps none");
}

void add_index(CLI::App& app, IndexCommand& options, std::function<int()>& chosen) {
  CLI::App* command = app.add_subcommand("index", "Build a bundle out of documents.jsonl");
  command->add_option("--documents", options.documents, "documents.jsonl; may be given several times")
      ->required()
      ->allow_extra_args(false);
  command->add_option("--out", options.out, "the bundle's folder; replaced only when all is well")->required();
  command->add_option("--threads", options.threads, "0: as many as the machine has")->check(CLI::Range(0, 256));
  command->add_option("--model", options.model,
                      "vectors of a model pack: its folder, or an npm package; none: words alone");
  command->add_option("--cache", options.cache, "folder that keeps vectors for the next run; none: keeps none");
  command->add_option("--eval-folds", options.eval_folds, "also dictionaries that have not seen one of so many folds")
      ->check(CLI::Range(2, 20));
  command->add_option("--eval-means-without", options.eval_means_without,
                      "a fold: vectors are centred by means that have not seen it");
  command->add_option("--seed", options.seeds, "a word table of other documentation (models/seed); several times")
      ->allow_extra_args(false);
  command->add_option("--seed-out", options.seed_out, "the site's own word table, for other sites, in this file");
  command->add_option(
      "--means", options.means,
      "means of other documentation's queries (models/means): for queries in languages without pages");
  command->add_option("--means-out", options.means_out, "the site's own means, for other sites, in this file");
  command->add_option("--seed-words", options.seed_words, "words of each pair of languages in it");
  command->add_option("--report", options.report,
                      "what was built and what relevance to expect, as JSON in this file");
  command
      ->add_option("--floor", options.floor,
                   "fail, and leave the bundle as it was, when a pair of languages has less nDCG@10")
      ->check(CLI::Range(0.0, 1.0));
  command->add_flag("--keep-going", options.keep_going, "skip bad lines and count them");
  command->callback([&] { chosen = [&] { return run_index(options); }; });
}

void add_search(CLI::App& app, SearchCommand& options, std::function<int()>& chosen) {
  CLI::App* command = app.add_subcommand("search", "Answer one query from a bundle");
  command->add_option("bundle", options.bundle, "the bundle's folder")->required();
  command->add_option("query", options.query, "words, \"phrases\", -without, OR")->required();
  command->add_option("--lang", options.lang, "the reader's language");
  command->add_option("--in", options.in, "languages that may match: fr,de or all");
  command->add_option("--mode", options.mode, kModes);
  add_meaning(*command, options.meaning);
  command->add_option("--limit", options.limit, "rows")->check(CLI::Range(1, 1000));
  command->add_flag("--json", options.json, "the answer as JSON");
  command->callback([&] { chosen = [&] { return run_search(options); }; });
}

void add_run(CLI::App& app, RunCommand& options, std::function<int()>& chosen) {
  CLI::App* command = app.add_subcommand("run", "Answer a file of queries; a TREC run on stdout");
  command->add_option("bundle", options.bundle, "the bundle's folder")->required();
  command->add_option("--queries", options.queries, "lines of: id, tab, language, tab, text")->required();
  command->add_option("--in", options.in, "languages that may match: en, fr,de or all");
  command->add_option("--mode", options.mode, kModes);
  add_meaning(*command, options.meaning);
  command->add_option("--limit", options.limit, "rows a query")->check(CLI::Range(1, 10000));
  command->add_option("--level", options.level, "page or section")->check(CLI::IsMember({"page", "section"}));
  command->add_option("--collapse", options.collapse, "group: one row a page and its translations; or none")
      ->check(CLI::IsMember({"group", "none"}));
  command->add_option("--qrels", options.qrels, "judgments: they choose the fold, no more");
  command
      ->add_option("--heldout", options.heldout,
                   "dictionary: the one that has not seen the judged page; pivot: vectors that have not seen "
                   "the query's language; or both, with a comma (index --eval-folds)")
      ->check(CLI::IsMember({"dictionary", "pivot", "dictionary,pivot"}));
  command->callback([&] { chosen = [&] { return run_run(options); }; });
}

void add_eval(CLI::App& app, EvalCommand& options, std::function<int()>& chosen) {
  CLI::App* command = app.add_subcommand("eval", "Score a bundle, or runs made elsewhere, against judgments");
  CLI::Option* bundle = command->add_option("bundle", options.bundle, "the bundle's folder");
  command->add_option("--run", options.runs, "a TREC run; given twice, the second is compared with the first")
      ->allow_extra_args(false)
      ->excludes(bundle);
  command->add_option("--queries", options.queries, "lines of: id, tab, language, tab, text");
  command->add_option("--qrels", options.qrels, "lines of: id, tab, group or group#anchor; or TREC's")->required();
  command->add_option("--modes", options.modes,
                      "lexical, plain (without dictionaries), dense, hybrid; two are compared");
  add_meaning(*command, options.meaning);
  command
      ->add_option("--heldout", options.heldout,
                   "dictionary: the one that has not seen the judged page; pivot: vectors that have not seen "
                   "the query's language; or both, with a comma (index --eval-folds)")
      ->check(CLI::IsMember({"dictionary", "pivot", "dictionary,pivot"}));
  command
      ->add_option("--in", options.in,
                   "pools: a language, fr,de, all, or holes; may be given several times; "
                   "default: every language, all and holes")
      ->allow_extra_args(false);
  command
      ->add_option("--collapse", options.collapse,
                   "group: one row a page and its translations; none: in pools of several languages every version is "
                   "to be found, and how much of the first rows is in the query's language is said")
      ->check(CLI::IsMember({"group", "none"}));
  command->add_option("--limit", options.limit, "rows a query")->check(CLI::Range(100, 10000));
  command->add_flag("--answered", options.answered,
                    "means over the run's queries alone, as trec_eval without -c; an unanswered query counts 0 else");
  command->add_option("--json", options.json, "the figures as JSON in this file");
  command->add_option("--html", options.html, "a page with tables and plots in this file");
  command->callback([&] { chosen = [&] { return run_eval(options); }; });
}

void add_inspect(CLI::App& app, InspectCommand& options, std::function<int()>& chosen) {
  CLI::App* command = app.add_subcommand("inspect", "Say what a bundle holds and check every file");
  command->add_option("bundle", options.bundle, "the bundle's folder")->required();
  command->add_flag("--json", options.json, "as JSON");
  command->callback([&] { chosen = [&] { return run_inspect(options); }; });
}

void add_serve(CLI::App& app, ServeCommand& options, std::function<int()>& chosen) {
  CLI::App* command = app.add_subcommand("serve", "Serve a folder over HTTP on this machine");
  command->add_option("directory", options.directory, "the site's folder")->required();
  command->add_option("--port", options.port, "0: any free port; default 8000 or the next free one")
      ->check(CLI::Range(0, 65535));
  command->add_option("--host", options.host, "address to listen on; default: this machine only");
  command->callback([&] { chosen = [&] { return run_serve(options); }; });
}

void add_model_import(CLI::App& app, ModelImportCommand& options, std::function<int()>& chosen) {
  CLI::App* command = app.add_subcommand("import", "Make a model pack");
  command->add_option("source", options.source, "an E5S1 file, a Hugging Face folder, or a model pack")->required();
  command->add_option("--out", options.out, "the pack's folder; replaced only when all is well")->required();
  command->add_option("--card", options.card,
                      "name, licence, prefixes, pooling; default: SOURCE/crossglot-card.json");
  command->add_option("--name", options.name, "the model's name");
  command->add_option("--weights", options.weights, "of a Hugging Face folder: int8 or int4")
      ->check(CLI::IsMember({"int8", "int4"}));
  command->add_option("--documents", options.documents, "documents.jsonl whose words' rows come first")
      ->allow_extra_args(false);
  command->add_option("--languages", options.languages, "of the site: fr,de; rows of other scripts do not ship");
  command->add_option("--threads", options.threads, "0: as many as the machine has")->check(CLI::Range(0, 256));
  command->callback([&] { chosen = [&] { return run_model_import(options); }; });
}

void add_model_inspect(CLI::App& app, ModelInspectCommand& options, std::function<int()>& chosen) {
  CLI::App* command = app.add_subcommand("inspect", "Say what a model pack holds and check every file");
  command->add_option("model", options.model, "a model pack: its folder, or an npm package")->required();
  command->add_flag("--json", options.json, "as JSON");
  command->callback([&] { chosen = [&] { return run_model_inspect(options); }; });
}

void add_embed(CLI::App& app, EmbedCommand& options, std::function<int()>& chosen) {
  CLI::App* command = app.add_subcommand("embed", "Turn texts on stdin, one a line, into vectors on stdout");
  command->add_option("--model", options.model, "a model pack: its folder, or an npm package")->required();
  command->add_flag("--query", options.query, "texts are what readers ask (the default)");
  command->add_flag("--passage", options.passage, "texts are parts of documents");
  command->add_option("--format", options.format, "float32 (little-endian), int8, or json: an array a line")
      ->check(CLI::IsMember({"float32", "int8", "json"}));
  command->add_option("--threads", options.threads, "0: as many as the machine has")->check(CLI::Range(0, 256));
  command->callback([&] { chosen = [&] { return run_embed(options); }; });
}

void add_model_export(CLI::App& app, ModelExportCommand& options, std::function<int()>& chosen) {
  CLI::App* command = app.add_subcommand("export-onnx", "Write a model pack as an ONNX file");
  command->add_option("model", options.model, "a model pack: its folder, or an npm package")->required();
  command->add_option("--out", options.out, "the file")->required();
  command->add_flag("--int8", options.int8, "dynamically quantised, a quarter of the size; default: float32");
  command->add_flag("--reranker", options.reranker,
                    "scores a query and a passage by late interaction of their pieces");
  command->callback([&] { chosen = [&] { return run_model_export(options); }; });
}

int usage_error(const CLI::ParseError& error, const CLI::App& app) {
  std::string name = "crossglot";
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    name += " " + at->get_name();
  }
  std::fprintf(stderr, "crossglot: %s\nTry: %s --help\n", error.what(), name.c_str());
  return kExitBadInput;
}

int run(int argc, char** argv) {
  CLI::App app("Search a site's documentation in any language, from one bundle of static files.", "crossglot");
  app.set_version_flag("--version", kVersion);
  app.require_subcommand(1);
  IndexCommand index;
  SearchCommand search;
  RunCommand run;
  EvalCommand eval;
  InspectCommand inspect;
  ServeCommand serve;
  std::function<int()> chosen;
  add_index(app, index, chosen);
  add_search(app, search, chosen);
  add_run(app, run, chosen);
  add_eval(app, eval, chosen);
  add_inspect(app, inspect, chosen);
  add_serve(app, serve, chosen);
  EmbedCommand embed;
  add_embed(app, embed, chosen);
  CLI::App* model = app.add_subcommand("model", "Import an encoder and look at it");
  model->require_subcommand(1);
  ModelImportCommand model_import;
  ModelInspectCommand model_inspect;
  ModelExportCommand model_export;
  add_model_import(*model, model_import, chosen);
  add_model_inspect(*model, model_inspect, chosen);
  add_model_export(*model, model_export, chosen);
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]).starts_with("--site")) {
      return fail("--site reads HTML: use `npx crossglot --site DIR`; this command indexes documents.jsonl");
    }
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return usage_error(error, app);
  }
  return chosen();
}

}  // namespace

}  // namespace crossglot::command

int main(int argc, char** argv) {
  return crossglot::command::run(argc, argv);
}
