#include "build/bundle.h"

#include <algorithm>
#include <set>

#include "build/gzip.h"
#include "build/manifest.h"
#include "build/parallel.h"
#include "build/shard_size.h"
#include "format/list_layout.h"

namespace crossglot {
namespace {

constexpr const char* kGenerator = "crossglot " CROSSGLOT_VERSION;

// A language this small when compressed is one file.
constexpr std::size_t kInlineStoredMax = 100'000;
constexpr std::size_t kInlineRawMax = 1'000'000;  // where trying is worth the time

// The files of one language before compression, and the list that names them.
struct Packed {
  List list;
  std::vector<Bytes> files;
  Bytes inline_area;
};

// Where parts go: all into the list, or into files.
class Packer {
 public:
  Packer(Packed& packed, bool into_list) : packed_(packed), into_list_(into_list) {}

  // Equal bytes are one file: a file is attached by its name, which is its content's.
  Part own_file(const Bytes& bytes) {
    if (bytes.empty()) return {};
    if (into_list_) return append(packed_.inline_area, bytes, kInlineFile);
    const auto same = std::find(packed_.files.begin(), packed_.files.end(), bytes);
    const auto number = static_cast<std::uint32_t>(same - packed_.files.begin());
    if (same == packed_.files.end()) packed_.files.push_back(bytes);
    return {number, 0, static_cast<std::uint32_t>(bytes.size())};
  }

  // A file that parts of one kind share until it is full.
  struct Shared {
    std::size_t size_max = 0;
    std::uint32_t file = kInlineFile;
  };
  Part shared_file(const Bytes& bytes, Shared& shared) {
    if (bytes.empty() || into_list_) return own_file(bytes);
    if (shared.file == kInlineFile || packed_.files[shared.file].size() + bytes.size() > shared.size_max) {
      shared.file = static_cast<std::uint32_t>(packed_.files.size());
      packed_.files.emplace_back();
    }
    return append(packed_.files[shared.file], bytes, shared.file);
  }

 private:
  static Part append(Bytes& target, const Bytes& bytes, std::uint32_t file) {
    const Part part{file, static_cast<std::uint32_t>(target.size()), static_cast<std::uint32_t>(bytes.size())};
    target.insert(target.end(), bytes.begin(), bytes.end());
    return part;
  }

  Packed& packed_;
  bool into_list_;
};

Packed pack(const LanguageParts& parts, bool into_list) {
  Packed packed;
  packed.list = parts.list;
  std::size_t positions = 0;
  std::size_t common = 0;
  for (const auto* shards : {&parts.term_shards, &parts.common_shards}) {
    for (const BuiltTermShard& shard : *shards) positions += shard.positions.size();
  }
  for (const BuiltTermShard& shard : parts.common_shards) common += shard.terms.size();
  Packer packer(packed, into_list);
  Packer::Shared position_file{kPositionFile.of(positions)};
  Packer::Shared common_file{kCommonFile.of(common)};
  for (const BuiltTermShard& shard : parts.term_shards) {
    packed.list.term_shards.push_back(
        {shard.first_stem, packer.own_file(shard.terms), packer.shared_file(shard.positions, position_file)});
  }
  for (const BuiltTermShard& shard : parts.common_shards) {
    packed.list.term_shards.push_back({shard.first_stem, packer.shared_file(shard.terms, common_file),
                                       packer.shared_file(shard.positions, position_file)});
  }
  packed.list.common_count = static_cast<std::uint32_t>(parts.common_shards.size());
  for (const BuiltPageShard& shard : parts.page_shards) {
    packed.list.page_shards.push_back({shard.first_page, packer.own_file(shard.bytes)});
  }
  for (const BuiltPageShard& shard : parts.tail_shards) {
    packed.list.tail_shards.push_back({shard.first_page, packer.own_file(shard.bytes)});
  }
  packed.list.words = packer.own_file(parts.words);
  packed.list.filters = packer.own_file(parts.filters);
  packed.list.lengths = packer.own_file(parts.lengths);
  for (const BuiltDictionary& built : parts.dictionaries) {
    DictionaryRef& dictionary = packed.list.dictionaries.emplace_back();
    dictionary.lang = built.lang;
    dictionary.fold = built.fold;
    for (const BuiltDictionaryShard& shard : built.shards) {
      dictionary.shards.push_back({shard.first_stem, packer.own_file(shard.bytes)});
    }
  }
  return packed;
}

std::size_t raw_size(const LanguageParts& parts) {
  std::size_t size = parts.words.size() + parts.filters.size() + parts.lengths.size();
  for (const auto* shards : {&parts.term_shards, &parts.common_shards}) {
    for (const BuiltTermShard& shard : *shards) size += shard.terms.size() + shard.positions.size();
  }
  for (const auto* shards : {&parts.page_shards, &parts.tail_shards}) {
    for (const BuiltPageShard& shard : *shards) size += shard.bytes.size();
  }
  for (const BuiltDictionary& dictionary : parts.dictionaries) {
    for (const BuiltDictionaryShard& shard : dictionary.shards) size += shard.bytes.size();
  }
  return size;
}

std::size_t raw_size(const VectorParts& parts) {
  std::size_t size = 0;
  const auto add = [&](const std::vector<BuiltVectorShard>& shards) {
    for (const BuiltVectorShard& shard : shards) size += shard.bytes.size();
  };
  add(parts.shards);
  add(parts.bit_shards);
  for (const BuiltHeldOut& held_out : parts.held_out) add(held_out.shards);
  return size;
}

struct StoredFile {
  Sha256 sha256;
  Bytes stored;
};

StoredFile store(const Bytes& content) {
  return {sha256(content), gzip(content)};
}

Error too_large(const std::string& lang) {
  return make_error(ErrorCode::kInput, "a page in " + lang +
                                           " is too large: no file of an index may have more than " +
                                           std::to_string(kRawBytesMax >> 20) + " MiB");
}

// Compresses one language at a time, the files of it on all threads.
class Assembler {
 public:
  explicit Assembler(unsigned threads) : threads_(threads) {}

  Status add(LanguageParts parts, BuildReport::Language& report) {
    if (parts.list.section_count > kSectionsMax || parts.list.group_count > kSectionsMax) {
      return make_error(ErrorCode::kInput, parts.list.lang + " has more than " + std::to_string(kSectionsMax) +
                                               " sections, or the site more pages: make several indexes");
    }
    if (raw_size(parts) <= kInlineRawMax) {
      const Packed packed = pack(parts, true);
      const Bytes content = build_list(packed.list, packed.inline_area);
      StoredFile file = store(content);
      if (file.stored.size() <= kInlineStoredMax) {
        add_list(packed.list, content.size(), std::move(file), report);
        return ok_status();
      }
    }
    Packed packed = pack(parts, false);
    const std::string lang = parts.list.lang;
    parts = {};
    for (const Bytes& file : packed.files) {
      if (file.size() > kRawBytesMax) return too_large(lang);
    }
    store_files(packed.files, packed.list.files);
    for (std::size_t i = 0; i < packed.files.size(); ++i) {
      add_file(packed.list.files[i].name, std::move(packed.files[i]), data_, report);
    }
    const Bytes content = build_list(packed.list, {});
    if (content.size() > kRawBytesMax) return too_large(lang);
    add_list(packed.list, content.size(), store(content), report);
    return ok_status();
  }

  // A small site's vectors lie in their list.
  Status add_vectors(const VectorParts& parts, BuildReport& report) {
    VectorList list = parts.list;
    std::vector<Bytes> contents;
    Bytes inline_area;
    const bool into_list = raw_size(parts) <= kInlineStoredMax;
    const auto place = [&](const std::vector<BuiltVectorShard>& shards, std::vector<VectorShardRef>& refs) {
      for (const BuiltVectorShard& shard : shards) {
        Part part{kInlineFile, 0, static_cast<std::uint32_t>(shard.bytes.size())};
        if (into_list) {
          part.begin = static_cast<std::uint32_t>(inline_area.size());
          inline_area.insert(inline_area.end(), shard.bytes.begin(), shard.bytes.end());
        } else {
          part.file = static_cast<std::uint32_t>(contents.size());
          contents.push_back(shard.bytes);
        }
        refs.push_back({shard.first_row, part});
      }
    };
    place(parts.shards, list.shards);
    place(parts.bit_shards, list.bit_shards);
    for (const BuiltHeldOut& held_out : parts.held_out) {
      list.held_out.push_back({held_out.lang, {}});
      place(held_out.shards, list.held_out.back().shards);
    }
    store_files(contents, list.files);
    for (std::size_t i = 0; i < contents.size(); ++i) {
      report.vector_bytes += contents[i].size();
      if (names_.insert(list.files[i].name).second) data_.push_back({list.files[i].name, std::move(contents[i])});
    }
    const Bytes content = build_vector_list(list, inline_area);
    if (content.size() > kRawBytesMax)
      return make_error(ErrorCode::kInput,
                        "the list of vectors is too large for a page to load: the site has too many sections");
    StoredFile file = store(content);
    const std::string name = hex(ByteSpan(file.sha256).first(kNameBytes)) + kVectorListExtension;
    manifest_.vectors.push_back(
        {list.model, list.row_count(), name, file.stored.size(), content.size(), hex(file.sha256)});
    report.vector_bytes += file.stored.size();
    report.vector_rows = list.row_count();
    if (names_.insert(name).second) lists_.push_back({name, std::move(file.stored)});
    return ok_status();
  }

  std::vector<BundleFile> finish(std::uint64_t groups) {
    manifest_.generator = kGenerator;
    manifest_.groups = groups;
    std::vector<BundleFile> files = std::move(data_);
    for (BundleFile& file : lists_) files.push_back(std::move(file));
    manifest_.files = files.size();
    for (const BundleFile& file : files) manifest_.bytes += file.bytes.size();
    const std::string json = write_manifest(manifest_);
    files.push_back({kManifestName, Bytes(json.begin(), json.end())});
    return files;
  }

 private:
  // Compresses the contents where they are, and says what the files are.
  void store_files(std::vector<Bytes>& contents, std::vector<FileEntry>& files) const {
    files.resize(contents.size());
    run_parallel(contents.size(), threads_, [&](std::size_t i) {
      StoredFile file = store(contents[i]);
      files[i] = {hex(ByteSpan(file.sha256).first(kNameBytes)) + kDataExtension,
                  static_cast<std::uint32_t>(file.stored.size()), static_cast<std::uint32_t>(contents[i].size()),
                  file_hash(file.sha256)};
      contents[i] = std::move(file.stored);
    });
  }

  // Equal content has one name and is one file, even where two lists name it.
  void add_file(const std::string& name, Bytes bytes, std::vector<BundleFile>& files, BuildReport::Language& report) {
    report.bytes += bytes.size();
    ++report.files;
    if (names_.insert(name).second) files.push_back({name, std::move(bytes)});
  }

  void add_list(const List& list, std::size_t raw, StoredFile file, BuildReport::Language& report) {
    const std::string name = hex(ByteSpan(file.sha256).first(kNameBytes)) + kListExtension;
    manifest_.languages.push_back({list.lang, list.dir, list.pages.size(), list.section_count, name,
                                   file.stored.size(), raw, hex(file.sha256)});
    add_file(name, std::move(file.stored), lists_, report);
  }

  unsigned threads_;
  Manifest manifest_;
  std::vector<BundleFile> data_, lists_;
  std::set<std::string> names_;
};

}  // namespace

Result<LoosePack> pack_loose(const LanguageParts& parts) {
  Packed packed = pack(parts, false);
  LoosePack loose;
  for (Bytes& file : packed.files) {
    if (file.size() > kRawBytesMax) return too_large(parts.list.lang);
    const Sha256 digest = sha256(file);
    const std::string name = hex(ByteSpan(digest).first(kNameBytes)) + kDataExtension;
    packed.list.files.push_back({name, 1, static_cast<std::uint32_t>(file.size()), file_hash(digest)});
    loose.files.emplace_back(name, std::move(file));
  }
  loose.list = build_list(packed.list, {});
  return loose;
}

Result<std::vector<BundleFile>> assemble(std::vector<LanguageParts> parts, const VectorParts* vectors,
                                         std::uint64_t groups, unsigned threads, BuildReport& report) {
  Assembler assembler(threads);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (Status status = assembler.add(std::move(parts[i]), report.languages[i]); !status) return status.error();
  }
  if (vectors != nullptr) {
    if (Status status = assembler.add_vectors(*vectors, report); !status) return status.error();
  }
  return assembler.finish(groups);
}

}  // namespace crossglot
