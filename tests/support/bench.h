// What every program of tests/bench shares: a table of figures with their goals, timing, percentiles, a scratch folder.
// Time and files are the machine's own here: benches are the one kind of test that may look at them.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace tw::bench {

inline double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

template <class F>
double seconds_of(F&& body) {
  const double start = seconds_now();
  body();
  return seconds_now() - start;
}

inline double percentile(std::vector<double> samples, double share) {
  if (samples.empty()) return 0;
  std::sort(samples.begin(), samples.end());
  return samples[std::min(samples.size() - 1, static_cast<std::size_t>(share * static_cast<double>(samples.size())))];
}

// A folder that is gone afterwards. On the disk of the system's temporary folder, so that fsync is a real one.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tidewater-bench-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// name | figure | bare SQLite | ratio | goal. A goal is a most: of the figure in milliseconds, or of the ratio.
class Table {
 public:
  explicit Table(const char* title) {
    std::printf("\n%s\n%-64s %12s %12s %7s %14s\n", title, "", "Tidewater", "bare SQLite", "ratio", "goal");
  }
  void milliseconds(const std::string& name, double seconds, double bare_seconds, double most_ms) {
    const bool held = seconds * 1e3 <= most_ms;
    row(name, seconds, bare_seconds, "<= " + number(most_ms) + " ms", held);
  }
  void ratio(const std::string& name, double seconds, double bare_seconds, double most) {
    row(name, seconds, bare_seconds, "<= " + number(most) + " x bare", seconds <= bare_seconds * most);
  }
  void plain(const std::string& name, double seconds, double bare_seconds = 0) {
    row(name, seconds, bare_seconds, "", true);
  }
  bool all_held() const { return missed_ == 0; }

 private:
  static std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
  }
  static std::string time(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, seconds < 1 ? "%.2f ms" : "%.1f s", seconds < 1 ? seconds * 1e3 : seconds);
    return text;
  }
  void row(const std::string& name, double seconds, double bare, const std::string& goal, bool held) {
    char ratio[32] = "";
    if (bare > 0) std::snprintf(ratio, sizeof ratio, "%.2f", seconds / bare);
    std::printf("%-64s %12s %12s %7s %14s%s\n", name.c_str(), time(seconds).c_str(), bare > 0 ? time(bare).c_str() : "",
                ratio, goal.c_str(), held ? "" : "  MISSED");
    std::fflush(stdout);
    missed_ += held ? 0 : 1;
  }
  int missed_ = 0;
};

}  // namespace tw::bench
