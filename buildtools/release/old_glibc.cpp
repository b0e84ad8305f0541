// Linked into the search for a release: what the compiler's libraries ask of a glibc newer than 2.28, done with 2.28.
//
// libstdc++ and libgcc are linked statically (libgcc's exceptions with them), so they want what the building machine's glibc
// has. Every name here is hidden in the module and meets those calls; --wrap (CMakeLists.txt) sends others to an old version.
#include <elf.h>
#include <link.h>
#include <pthread.h>
#include <sys/random.h>

#include <cstdint>

namespace {

// glibc 2.35's answer to the unwinder: the object in which an address lies (dlfcn.h, struct dl_find_object).
struct FoundObject {
  unsigned long long flags;
  void *map_start, *map_end;
  link_map *map;
  void *eh_frame;
  unsigned long long reserved[7];
};

struct Question {
  uintptr_t address;
  FoundObject *found;
};

int look_at(dl_phdr_info *object, size_t, void *asked) {
  auto *question = static_cast<Question *>(asked);
  uintptr_t start = UINTPTR_MAX, end = 0;
  const void *eh_frame = nullptr;
  bool holds = false;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const auto &part = object->dlpi_phdr[i];
    uintptr_t begin = object->dlpi_addr + part.p_vaddr;
    if (part.p_type == PT_LOAD) {
      if (begin < start) start = begin;
      if (begin + part.p_memsz > end) end = begin + part.p_memsz;
      holds |= question->address >= begin && question->address < begin + part.p_memsz;
    } else if (part.p_type == PT_GNU_EH_FRAME) {
      eh_frame = reinterpret_cast<const void *>(begin);
    }
  }
  if (!holds || eh_frame == nullptr) return 0;
  *question->found = {0, reinterpret_cast<void *>(start), reinterpret_cast<void *>(end), nullptr,
                      const_cast<void *>(eh_frame), {}};
  return 1;
}

}  // namespace

extern "C" {

#define HIDDEN __attribute__((visibility("hidden")))
// Headers that know a name declare it in their own way, so it stands as a name of the assembler.
#define NAMED(name) __asm__(name) HIDDEN

char single_threaded NAMED("__libc_single_threaded") = 0;
int find_object(void *, FoundObject *) NAMED("_dl_find_object");
uint32_t random_number() NAMED("arc4random");

int find_object(void *address, FoundObject *found) {
  Question question{reinterpret_cast<uintptr_t>(address), found};
  return dl_iterate_phdr(look_at, &question) == 1 ? 0 : -1;
}

uint32_t random_number() {
  uint32_t number = 0;
  while (getrandom(&number, sizeof number, 0) != sizeof number) {
  }
  return number;
}

double old_log(double);
double old_pow(double, double);
int old_once(pthread_once_t *, void (*)());
int old_key_create(pthread_key_t *, void (*)(void *));
__asm__(".symver old_log,log@GLIBC_2.2.5");
__asm__(".symver old_pow,pow@GLIBC_2.2.5");
__asm__(".symver old_once,pthread_once@GLIBC_2.2.5");
__asm__(".symver old_key_create,__pthread_key_create@GLIBC_2.2.5");

HIDDEN double __wrap_log(double x) { return old_log(x); }
HIDDEN double __wrap_pow(double x, double y) { return old_pow(x, y); }
HIDDEN int __wrap_pthread_once(pthread_once_t *once, void (*work)()) {
  return old_once(once, work);
}
HIDDEN int __wrap___pthread_key_create(pthread_key_t *key, void (*end)(void *)) {
  return old_key_create(key, end);
}
}
