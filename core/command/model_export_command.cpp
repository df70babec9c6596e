// `crossglot model export-onnx`: a pack as one file for ONNX Runtime.
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "build/model/onnx_export.h"
#include "build/model/pack_reader.h"
#include "command/command.h"
#include "command/model_folder.h"
#include "command/model_place.h"
#include "command/terminal.h"

namespace crossglot::command {
namespace {

Status write_file(const std::string& path, const Bytes& bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return make_error(ErrorCode::kIo, "cannot write " + path + ": " + std::strerror(errno));
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const int reason = errno;
  if (std::fclose(file) == 0 && written) return ok_status();
  std::remove(path.c_str());
  return make_error(ErrorCode::kIo, "cannot write " + path + ": " + std::strerror(written ? errno : reason));
}

}  // namespace

int run_model_export(const ModelExportCommand& options) {
  const Result<std::string> folder = find_model(options.model);
  if (!folder) return fail(folder.error());
  const Result<PackReader> reader = PackReader::open(read_from_folder(*folder));
  if (!reader) return fail(reader.error());
  const Result<Model> model = reader->read_model();
  if (!model) return fail(options.model + ": " + model.error().message);
  const OnnxPrecision precision = options.int8 ? OnnxPrecision::kInt8 : OnnxPrecision::kFloat32;
  const Result<Bytes> file =
      options.reranker ? export_onnx_reranker(*model, precision) : export_onnx(*model, precision);
  if (!file) return fail(file.error());
  if (const Status written = write_file(options.out, *file); !written) return fail(written.error());
  if (stdout_is_terminal()) std::printf("%s: %s\n", options.out.c_str(), readable_size(file->size()).c_str());
  return kExitDone;
}

}  // namespace crossglot::command
