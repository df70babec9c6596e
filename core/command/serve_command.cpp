// `crossglot serve`: a folder over HTTP, to look at a site before it goes out. Not a server for the open internet.
#include <httplib.h>
#include <sys/stat.h>

#include <cstdio>
#include <fstream>

#include "command/command.h"
#include "command/static_files.h"

namespace crossglot::command {

namespace {

constexpr int kFirstPort = 8000;
constexpr int kPortsTried = 50;

// Changes whenever the file is rewritten: its size and its time of change.
std::string entity_tag(const struct stat& status) {
  char text[64];
  std::snprintf(text, sizeof text, "\"%llx-%llx-%lx\"", static_cast<unsigned long long>(status.st_size),
                static_cast<unsigned long long>(status.st_mtim.tv_sec), status.st_mtim.tv_nsec);
  return text;
}

void not_found(const std::string& path, httplib::Response& response) {
  response.status = 404;
  response.set_header("Cache-Control", "no-cache");
  response.set_content("Not found: " + path + "\n", "text/plain; charset=utf-8");
}

void answer(const StaticFiles& files, const httplib::Request& request, httplib::Response& response) {
  const Result<StaticFile> file = files.find(request.path);
  if (!file) return not_found(request.path, response);
  if (file->needs_slash) {
    // The undecoded path: a decoded one may hold bytes that a header must not.
    const std::string target = request.target.substr(0, request.target.find('?'));
    std::string relative = ".";
    relative.append(target, target.rfind('/')).append("/");
    return response.set_redirect(relative, 301);
  }
  struct stat status{};
  if (::stat(file->path.c_str(), &status) != 0) return not_found(request.path, response);
  const std::string tag = entity_tag(status);
  response.set_header("Cache-Control", file->cache_control);
  response.set_header("ETag", tag);
  response.set_header("X-Content-Type-Options", "nosniff");
  if (request.get_header_value("If-None-Match") == tag) {
    response.status = 304;
    return;
  }
  std::ifstream stream(file->path, std::ios::binary);
  std::string body(static_cast<std::size_t>(status.st_size), '\0');
  if (!stream.read(body.data(), static_cast<std::streamsize>(body.size()))) return not_found(request.path, response);
  response.body = std::move(body);
  response.set_header("Content-Type", file->content_type);
}

}  // namespace

int run_serve(const ServeCommand& options) {
  const Result<StaticFiles> files = StaticFiles::open(options.directory);
  if (!files) return fail(files.error());
  httplib::Server server;
  // The library's own choice, SO_REUSEPORT, would let two servers share a port and each answer half of the requests.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  server.Get(
      ".*", [&](const httplib::Request& request, httplib::Response& response) { answer(*files, request, response); });
  int port = options.port;
  bool bound = false;
  if (port == 0) {
    port = server.bind_to_any_port(options.host);
    bound = port > 0;
  } else if (port > 0) {
    bound = server.bind_to_port(options.host, port);
  } else {
    for (port = kFirstPort; !bound && port < kFirstPort + kPortsTried; ++port) {
      bound = server.bind_to_port(options.host, port);
      if (bound) break;
    }
  }
  if (!bound) {
    std::string place = options.host;
    if (options.port > 0) place.append(":").append(std::to_string(options.port));
    return fail("cannot listen on " + place + ": the port is taken or the address is not this machine's");
  }
  const bool ipv6 = options.host.find(':') != std::string::npos;
  std::printf("Serving %s at http://%s%s%s:%d/\n", options.directory.c_str(), ipv6 ? "[" : "", options.host.c_str(),
              ipv6 ? "]" : "", port);
  std::fflush(stdout);
  if (!server.listen_after_bind()) return fail("the server stopped");
  return kExitDone;
}

}  // namespace crossglot::command
