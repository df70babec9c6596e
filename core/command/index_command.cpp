// `crossglot index`: documents.jsonl in, a bundle's folder out.
//
// Threads take chunks of the documents and analyse them; one thread at a time hands finished segments to the
// builder, in document order. The bundle depends on the documents alone, and so does the error: when several
// chunks fail, the first one in document order is reported.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "build/builder.h"
#include "build/generic_means.h"
#include "build/seed.h"
#include "build/writer.h"
#include "command/command.h"
#include "command/document_stream.h"
#include "command/embedding.h"
#include "command/file.h"
#include "command/relevance_report.h"
#include "command/terminal.h"

namespace crossglot::command {

namespace {

constexpr std::size_t kWarningsShown = 20;

// What the analysing threads share.
class Analysis {
 public:
  Analysis(DocumentStream& stream, Builder& builder, bool keep_going, Progress& progress)
      : stream_(stream), builder_(builder), keep_going_(keep_going), progress_(progress) {}

  // Runs `threads` threads to the end of the documents. Errors: of the stream, of a line, of the builder.
  Status run(unsigned threads) {
    std::vector<std::thread> helpers;
    for (unsigned i = 1; i < threads; ++i) helpers.emplace_back([this] { work(); });
    work();
    for (std::thread& helper : helpers) helper.join();
    if (failed_) return error_;
    return ok_status();
  }

  std::uint64_t pages() const { return pages_; }
  std::uint64_t skipped() const { return skipped_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  void work() {
    const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
    for (;;) {
      {
        const std::lock_guard lock(mutex_);
        if (failed_) return;  // chunks before the failed one were handed out before it and are finished
      }
      Result<std::optional<DocumentChunk>> chunk = stream_.next();
      if (!chunk) {
        record(kNoChunk, chunk.error());
        return;
      }
      if (!*chunk) return;
      AnalyseOptions options;
      options.file_name = (*chunk)->file_name;
      options.first_line = (*chunk)->first_line;
      options.keep_going = keep_going_;
      Result<Segment> segment = analyse((*chunk)->text, options, *stemmer);
      if (!segment) {
        record((*chunk)->number, segment.error());
        return;
      }
      add(std::move(**chunk), std::move(*segment));
    }
  }

  void record(std::size_t chunk, const Error& error) {
    const std::lock_guard lock(mutex_);
    if (failed_ && failed_chunk_ <= chunk) return;
    failed_ = true;
    failed_chunk_ = chunk;
    error_ = error;
  }

  void add(DocumentChunk chunk, Segment segment) {
    const std::lock_guard lock(mutex_);
    Waiting waiting;
    waiting.file_name = std::move(chunk.file_name);
    waiting.first_line = chunk.first_line;
    waiting.segment = std::move(segment);
    waiting_.emplace(chunk.number, std::move(waiting));
    for (auto first = waiting_.begin(); first != waiting_.end() && first->first == next_;
         first = waiting_.erase(first)) {
      ++next_;
      Segment& ready = first->second.segment;
      pages_ += ready.pages;
      skipped_ += ready.skipped.size();
      for (const SkippedLine& line : ready.skipped) {
        if (warnings_.size() >= kWarningsShown) break;
        warnings_.push_back(first->second.file_name + ":" + std::to_string(first->second.first_line + line.line - 1) +
                            ": " + line.message);
      }
      const Status status = builder_.add(std::move(ready.bytes));
      if (!status && !failed_) {
        failed_ = true;
        failed_chunk_ = first->first;
        error_ = status.error();
      }
    }
    const double total = static_cast<double>(stream_.bytes_total());
    const double share = total > 0 ? static_cast<double>(stream_.bytes_done()) / total : -1;
    progress_.show("reading", share, grouped(pages_) + " pages");
  }

  struct Waiting {
    std::string file_name;
    std::uint64_t first_line = 1;
    Segment segment;
  };
  static constexpr std::size_t kNoChunk = static_cast<std::size_t>(-1);

  DocumentStream& stream_;
  Builder& builder_;
  const bool keep_going_;
  Progress& progress_;

  std::mutex mutex_;
  std::map<std::size_t, Waiting> waiting_;  // analysed, but an earlier chunk is not
  std::size_t next_ = 0;
  std::uint64_t pages_ = 0;
  std::uint64_t skipped_ = 0;
  std::vector<std::string> warnings_;
  bool failed_ = false;
  std::size_t failed_chunk_ = kNoChunk;
  Error error_;
};

// Says early what would otherwise fail after the work is done.
Status check_output(const std::string& out) {
  std::error_code ignored;
  std::filesystem::path folder = std::filesystem::absolute(out, ignored);
  while (!folder.empty() && !std::filesystem::exists(folder, ignored) && folder != folder.parent_path()) {
    folder = folder.parent_path();
  }
  if (!std::filesystem::is_directory(folder, ignored)) {
    return make_error(ErrorCode::kIo, "cannot write " + out + ": " + folder.string() + " is not a folder");
  }
  if (::access(folder.c_str(), W_OK) != 0) {
    return make_error(ErrorCode::kIo, "cannot write " + out + ": no permission to write in " + folder.string());
  }
  return ok_status();
}

void print_warnings(const std::vector<std::string>& warnings, std::size_t count) {
  const std::size_t shown = std::min(warnings.size(), kWarningsShown);
  for (std::size_t i = 0; i < shown; ++i) std::fprintf(stderr, "crossglot: warning: %s\n", warnings[i].c_str());
  if (count > shown) std::fprintf(stderr, "crossglot: warning: and %zu more\n", count - shown);
}

void print_summary(const BuildReport& report, const EmbeddingReport& embedded, const std::vector<BundleFile>& files,
                   const std::string& out) {
  std::uint64_t bytes = 0;
  for (const BundleFile& file : files) bytes += file.bytes.size();
  for (const BuildReport::Language& language : report.languages) {
    std::printf("%-8s %8s pages %9s sections %9s terms  %10s\n", language.lang.c_str(),
                grouped(language.pages).c_str(), grouped(language.sections).c_str(), grouped(language.terms).c_str(),
                readable_size(language.bytes).c_str());
  }
  for (const BuildReport::LanguagePair& pair : report.pairs) {
    if (pair.lines == 0) continue;
    std::printf("%-8s %-8s %6s pages aligned, %3.0f %% of %s lines, %s words translated\n", pair.left.c_str(),
                pair.right.c_str(), grouped(pair.pages).c_str(),
                100 * static_cast<double>(std::min(pair.aligned, pair.lines)) / static_cast<double>(pair.lines),
                grouped(pair.lines).c_str(), grouped(pair.entries).c_str());
  }
  std::fputs(relevance_table(report).c_str(), stdout);
  if (report.vector_rows > 0) {
    std::printf("vectors  %8s rows from %s texts, of which %s were new  %10s\n", grouped(report.vector_rows).c_str(),
                grouped(embedded.texts).c_str(), grouped(embedded.encoded).c_str(),
                readable_size(report.vector_bytes).c_str());
  }
  std::printf("%s: %zu files, %s, %s groups of translations\n", out.c_str(), files.size(),
              readable_size(bytes).c_str(), grouped(report.groups).c_str());
}

// What a build is held to, and its report: before anything is replaced.
int check_report(const IndexCommand& options, const BuildReport& report) {
  if (!options.report.empty()) {
    if (const Status status = write_text(options.report, report_json(report)); !status) return fail(status.error());
  }
  if (!options.seed_out.empty()) {
    const Status written = write_text(options.seed_out, std::string(kSeedHead) + report.seed);
    if (!written) return fail(written.error());
  }
  if (!options.means_out.empty()) {
    if (const Status status = write_text(options.means_out, report.means); !status) return fail(status.error());
  }
  if (options.floor <= 0) return kExitDone;
  if (report.relevance.empty()) {
    std::fputs("crossglot: warning: --floor: too few translated titles and headings to measure relevance by\n",
               stderr);
  }
  const std::string below = below_floor(report, options.floor);
  if (below.empty()) return kExitDone;
  std::fputs(relevance_table(report).c_str(), stdout);
  std::fprintf(stderr, "crossglot: %s; %s is as it was\n", below.c_str(), options.out.c_str());
  return kExitNo;
}

Result<Seed> read_seeds(const std::vector<std::string>& files) {
  Seed seed;
  for (const std::string& file : files) {
    const Result<Bytes> bytes = read_whole_file(file);
    if (!bytes) return bytes.error();
    if (const Status status = seed.read(as_text(*bytes), file); !status) return status.error();
  }
  return seed;
}

// Empty where no file is named.
Result<GenericMeans> read_means(const std::string& file, const VectorSource& source) {
  GenericMeans means;
  if (file.empty()) return means;
  const Result<Bytes> bytes = read_whole_file(file);
  if (!bytes) return bytes.error();
  if (const Status status = means.read(as_text(*bytes), file); !status) return status.error();
  if (const Status status = means.check_model(source.model, source.dimensions, file); !status) return status.error();
  return means;
}

}  // namespace

int run_index(const IndexCommand& options) {
  if (const Status status = check_output(options.out); !status) return fail(status.error());
  if (options.eval_means_without > options.eval_folds) {
    return fail("--eval-means-without " + std::to_string(options.eval_means_without) + ": there are " +
                std::to_string(options.eval_folds) + " folds (--eval-folds)");
  }
  const Result<Seed> seed = read_seeds(options.seeds);
  if (!seed) return fail(seed.error());
  Result<std::unique_ptr<DocumentStream>> stream = DocumentStream::open(options.documents);
  if (!stream) return fail(stream.error());
  const unsigned threads = options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());

  Progress progress;
  std::optional<Embedding> embedding;
  std::optional<VectorSource> vectors;
  GenericMeans means;
  if (options.model != "none") {
    Result<Embedding> opened = Embedding::open(options.model, options.cache, threads, progress);
    if (!opened) return fail(opened.error());
    embedding = std::move(*opened);
    vectors = embedding->source();
    Result<GenericMeans> read = read_means(options.means, *vectors);
    if (!read) return fail(read.error());
    means = std::move(*read);
  } else if (!options.means.empty() || !options.means_out.empty()) {
    return fail(
        make_error(ErrorCode::kArgument, "--means and --means-out are of a model's vectors: they need --model"));
  }
  Builder builder;
  Analysis analysis(**stream, builder, options.keep_going, progress);
  const Status read = analysis.run(threads);
  if (!read) {
    progress.clear();
    return fail(read.error());
  }
  if (analysis.pages() == 0) {
    progress.clear();
    print_warnings(analysis.warnings(), analysis.skipped());
    return fail(options.documents.front() + ": there are no documents to index");
  }
  BuildOptions build_options;
  build_options.threads = threads;
  build_options.eval_folds = options.eval_folds;
  build_options.eval_means_without = options.eval_means_without;
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  build_options.stemmer = stemmer.get();
  if (!seed->empty()) build_options.seed = &*seed;
  if (!options.seed_out.empty()) build_options.seed_words = options.seed_words;
  if (vectors) build_options.vectors = &*vectors;
  if (!means.empty()) build_options.means = &means;
  build_options.progress = [&](std::string_view stage, double share) { progress.show(stage, share); };
  BuildReport report;
  const Result<std::vector<BundleFile>> files = builder.finish(build_options, &report);
  progress.clear();
  if (!files) return fail(files.error());
  if (const int code = check_report(options, report); code != kExitDone) return code;
  if (const Status written = write_bundle(options.out, *files); !written) return fail(written.error());
  print_warnings(analysis.warnings(), analysis.skipped());
  print_warnings(report.warnings, report.warnings.size());
  if (stdout_is_terminal())
    print_summary(report, embedding ? embedding->report() : EmbeddingReport(), *files, options.out);
  return kExitDone;
}

}  // namespace crossglot::command
