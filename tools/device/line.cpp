#include "tools/device/line.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "tools/data/failure.hpp"

namespace tools {
namespace {

struct Rate {
  std::size_t baud;
  speed_t code;
};
constexpr std::array rates{Rate{9'600, B9600}, Rate{19'200, B19200}, Rate{38'400, B38400},
                           Rate{57'600, B57600}, Rate{115'200, B115200}, Rate{230'400, B230400},
#ifdef B460800
                           Rate{460'800, B460800}, Rate{921'600, B921600}
#endif
};

std::string reason() { return std::strerror(errno); }

}  // namespace

Line Line::port(const std::string& name, std::size_t baud) {
  const Rate* rate = nullptr;
  std::string known;
  for (const Rate& each : rates) {
    if (each.baud == baud) rate = &each;
    known += (known.empty() ? "" : ", ") + std::to_string(each.baud);
  }
  if (rate == nullptr) throw Failure{"--baud is " + std::to_string(baud) + "; expected one of " + known};
  const std::string shown = name + " at " + std::to_string(baud) + " baud";
  const int file = open(name.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (file < 0) throw Failure{shown + ": cannot be opened (" + reason() + "); "
      "expected the port of a board that is plugged in, which you may read and write"};
  termios settings{};
  const auto refuse = [&](const std::string& wrong) {
    close(file);
    throw Failure{shown + ": " + wrong + "; expected a serial port"};
  };
  if (tcgetattr(file, &settings) != 0) refuse("is no terminal (" + reason() + ")");
  cfmakeraw(&settings);
  settings.c_cflag = (settings.c_cflag & ~static_cast<tcflag_t>(CSTOPB | CRTSCTS)) | CLOCAL | CREAD;
  if (cfsetispeed(&settings, rate->code) != 0 || cfsetospeed(&settings, rate->code) != 0 ||
      tcsetattr(file, TCSANOW, &settings) != 0)
    refuse("does not take this rate (" + reason() + ")");
  tcflush(file, TCIOFLUSH);
  return {shown, file, file, -1};
}

Line Line::command(const std::vector<std::string>& arguments) {
  int to[2], from[2];
  if (pipe2(to, O_CLOEXEC) != 0) throw Failure{"no pipe to " + arguments.front() + " can be made (" + reason() + ")"};
  if (pipe2(from, O_CLOEXEC) != 0) throw Failure{"no pipe from " + arguments.front() + " can be made (" + reason() + ")"};
  const pid_t child = fork();
  if (child < 0) throw Failure{arguments.front() + ": no process can be started (" + reason() + ")"};
  if (child == 0) {
    dup2(to[0], STDIN_FILENO);
    dup2(from[1], STDOUT_FILENO);
    std::vector<char*> pointers;
    for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);
    execvp(pointers[0], pointers.data());
    _exit(127);
  }
  close(to[0]);
  close(from[1]);
  fcntl(to[1], F_SETFL, O_NONBLOCK);
  fcntl(from[0], F_SETFL, O_NONBLOCK);
  signal(SIGPIPE, SIG_IGN);
  return {arguments.front(), from[0], to[1], child};
}

Line::Line(Line&& other) noexcept
    : label{std::move(other.label)},
      input{std::exchange(other.input, -1)},
      output{std::exchange(other.output, -1)},
      process{std::exchange(other.process, -1)},
      buffer{std::move(other.buffer)},
      next{other.next} {}

Line::~Line() {
  if (output >= 0 && output != input) close(output);
  if (input >= 0) close(input);
  if (process > 0) {
    kill(process, SIGTERM);
    waitpid(process, nullptr, 0);
  }
}

void Line::ended() {
  if (process < 0) throw Failure{label + ": the line has ended; expected the board to stay plugged in"};
  int status = 0;
  waitpid(std::exchange(process, -1), &status, 0);
  const bool not_found = WIFEXITED(status) && WEXITSTATUS(status) == 127;
  throw Failure{
      label +
      (not_found ? ": cannot be run"
                 : ": has ended" + (WIFEXITED(status) ? " with status " + std::to_string(WEXITSTATUS(status)) : std::string{})) +
      "; expected a program that serves until its input ends"};
}

void Line::write(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(output, bytes.data(), bytes.size());
    if (written > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN || errno == EINTR) {
      pollfd ready{output, POLLOUT, 0};
      if (poll(&ready, 1, 10'000) == 0) throw Failure{label + ": takes nothing for 10 s; expected a device that reads"};
    } else {
      ended();
    }
  }
}

std::optional<std::uint8_t> Line::read(std::chrono::milliseconds patience) {
  if (next == buffer.size()) {
    pollfd ready{input, POLLIN, 0};
    if (poll(&ready, 1, static_cast<int>(patience.count())) <= 0) return std::nullopt;
    buffer.resize(4096);
    const auto count = ::read(input, buffer.data(), buffer.size());
    next = 0;
    buffer.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    if (count == 0) ended();
    if (count < 0) {
      if (errno == EAGAIN || errno == EINTR) return std::nullopt;
      ended();
    }
  }
  return buffer[next++];
}

}  // namespace tools
