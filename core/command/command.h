// command/command.h - the subcommands of the native `crossglot`, and what they share.
//
// Each run_* takes the parsed options, writes its answer to stdout, its progress (on a terminal only) and its one
// error sentence to stderr, and returns the exit code.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace crossglot::command {

inline constexpr int kExitDone = 0;
inline constexpr int kExitNo = 1;        // ran, but the answer is no: nothing found
inline constexpr int kExitBadInput = 2;  // bad usage, bad input, or a file that cannot be read or written

struct IndexCommand {
  std::vector<std::string> documents;
  std::string out;
  std::string model = "none";
  std::string cache;     // folder of vectors made before; "none": keeps none; empty: the user's cache folder
  unsigned threads = 0;  // 0: as many as the machine has
  unsigned eval_folds = 0;
  unsigned eval_means_without = 0;  // a fold: vectors are centred by the other folds' means; 0: by all
  std::vector<std::string> seeds;   // files of build/seed.h
  std::string seed_out;             // a file for the site's own tables in that form; empty: none
  std::size_t seed_words = 4000;    // of each of them
  std::string means;                // a file of build/generic_means.h; empty: none
  std::string means_out;            // a file for the site's own means in that form; empty: none
  std::string report;               // a file for what was built and what relevance to expect, as JSON; empty: none
  double floor = 0;                 // nDCG@10 that every measured pair of languages must reach
  bool keep_going = false;
};
int run_index(const IndexCommand& options);

// How a command searches by meaning.
struct MeaningOptions {
  std::string model;  // the pack that the bundle was made with: its folder, or an npm package
  std::string cache;  // of vectors, as IndexCommand::cache
};

struct SearchCommand {
  std::string bundle;
  std::string query;
  std::string lang;
  std::string in;  // comma separated, or "all"
  std::string mode = "lexical";
  MeaningOptions meaning;
  std::uint32_t limit = 10;
  bool json = false;
};
int run_search(const SearchCommand& options);

struct RunCommand {
  std::string bundle;
  std::string queries;
  std::string in = "all";
  std::string mode = "lexical";
  MeaningOptions meaning;
  std::string level = "page";
  std::string collapse = "group";
  std::string heldout;  // "dictionary", "pivot" or both; empty: all that the whole site says
  std::string qrels;    // chooses the fold, no more
  std::uint32_t limit = 100;
};
int run_run(const RunCommand& options);

struct EvalCommand {
  std::string bundle;  // empty: runs made elsewhere
  std::vector<std::string> runs;
  std::string queries;
  std::string qrels;
  std::string modes = "lexical";
  MeaningOptions meaning;
  std::vector<std::string> in;     // pools: "en", "fr,de", "all", "holes"; empty: all of them
  std::string collapse = "group";  // "none": in pools of several languages each version is to be found
  std::string heldout;             // "dictionary", "pivot" or both; empty: all that the whole site says
  std::uint32_t limit = 100;
  bool answered = false;  // means over the queries of the run, as trec_eval takes them
  std::string json;
  std::string html;
};
int run_eval(const EvalCommand& options);

struct InspectCommand {
  std::string bundle;
  bool json = false;
};
int run_inspect(const InspectCommand& options);

struct ServeCommand {
  std::string directory;
  std::string host = "127.0.0.1";
  int port = -1;  // -1: 8000, or the next free one
};
int run_serve(const ServeCommand& options);

struct ModelImportCommand {
  std::string source;  // an E5S1 file, a Hugging Face folder, or a pack
  std::string out;
  std::string card;  // crossglot-card.json of another place than the source's folder
  std::string name;
  std::string weights = "int8";        // of a Hugging Face folder
  std::vector<std::string> documents;  // whose pieces come first
  std::string languages;               // comma separated: rows of other scripts do not ship; empty: all ship
  unsigned threads = 0;                // 0: as many as the machine has
};
int run_model_import(const ModelImportCommand& options);

struct ModelInspectCommand {
  std::string model;
  bool json = false;
};
int run_model_inspect(const ModelInspectCommand& options);

struct ModelExportCommand {
  std::string model;
  std::string out;
  bool int8 = false;
  bool reranker = false;
};
int run_model_export(const ModelExportCommand& options);

struct EmbedCommand {
  std::string model;  // a pack's folder, or an npm package
  bool query = false;
  bool passage = false;
  std::string format = "float32";  // or "int8", "json"
  unsigned threads = 0;            // 0: as many as the machine has
};
int run_embed(const EmbedCommand& options);

// Says the error on stderr; returns kExitBadInput.
int fail(const Error& error);
int fail(const std::string& message);

}  // namespace crossglot::command
