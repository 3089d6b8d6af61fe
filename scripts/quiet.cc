// TensorFlow's C++ library logs to stderr, where a student's own messages belong: only its errors may pass.
#include "absl/log/globals.h"

__attribute__((constructor)) static void frostline_quiet() {
  absl::SetStderrThreshold(absl::LogSeverityAtLeast::kError);
  absl::SetMinLogLevel(absl::LogSeverityAtLeast::kError);
}
