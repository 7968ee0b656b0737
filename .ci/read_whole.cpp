// Loaded before g++ (LD_PRELOAD), which maps a header that was made ready from its file and then writes to half of its pages: a
// fault for each of them, some 8,000. A virtual machine may take 20 us for one, which is half of the time that a small file takes
// to compile. Here, what is mapped so is read as a whole instead, into huge pages.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>

namespace {

constexpr std::size_t large = 8U << 20U;

void* map(void* address, std::size_t bytes, int protection, int flags, int file, off_t offset) {
  return reinterpret_cast<void*>(syscall(SYS_mmap, address, bytes, protection, flags, file, offset));
}

bool read_whole(std::byte* to, std::size_t bytes, int file, off_t offset) {
  while (bytes > 0) {
    const ssize_t got = pread(file, to, bytes, offset);
    if (got <= 0) return false;
    to += got;
    offset += got;
    bytes -= static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

extern "C" void* mmap(void* address, std::size_t bytes, int protection, int flags, int file, off_t offset) noexcept {
  const bool written = flags == MAP_PRIVATE && protection == (PROT_READ | PROT_WRITE);
  if (file < 0 || !written || bytes < large) return map(address, bytes, protection, flags, file, offset);
  void* const memory = map(address, bytes, protection, flags | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return memory;
  madvise(memory, bytes, MADV_HUGEPAGE);
  if (read_whole(static_cast<std::byte*>(memory), bytes, file, offset)) return memory;
  munmap(memory, bytes);
  return map(address, bytes, protection, flags, file, offset);
}

extern "C" void* mmap64(void* address, std::size_t bytes, int protection, int flags, int file, off_t offset) noexcept {
  return mmap(address, bytes, protection, flags, file, offset);
}
