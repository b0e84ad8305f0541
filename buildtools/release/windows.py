"""Cross-compiles the search for Windows x86-64 with MinGW-w64, and makes the Linux wheel one for Windows with it.

Python's headers are this machine's but for pyconfig.h, which tells a compiler of Python's system. The import library
names every function and variable of these headers, as those of pythonXY.dll. Nothing here was run on Windows.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import nanobind
from wheel.wheelfile import WheelFile

COMPILER, DLLTOOL = "x86_64-w64-mingw32-g++-posix", "x86_64-w64-mingw32-dlltool"
"""Of the package g++-mingw-w64-x86-64-posix of Debian and Ubuntu."""
NANOBIND = Path(nanobind.__file__).parent
CPP = Path("src/returnplan/planning/cpp")
VERSION = f"{sys.version_info.major}{sys.version_info.minor}"
MODULE = f"returnplan/planning/_core.cp{VERSION}-win_amd64.pyd"
FLAGS = ["-std=c++20", "-O3", "-DNDEBUG", "-fvisibility=hidden", "-fno-strict-aliasing"]
NO_FUSED_ARITHMETIC = "-ffp-contract=off"
"""The same plan as on Linux (CMakeLists.txt)."""


PYCONFIG = """\
#define MS_WIN32
#define MS_WIN64
#define MS_WINDOWS
#define NT_THREADS
#define Py_ENABLE_SHARED
#define HAVE_DECLSPEC_DLL
#define HAVE_STDDEF_H 1
#define HAVE_SYS_TYPES_H 1
#define HAVE_SYS_STAT_H 1
#define HAVE_WCHAR_H 1
#define WITH_DOC_STRINGS 1
#define SIZEOF_SHORT 2
#define SIZEOF_INT 4
#define SIZEOF_LONG 4
#define SIZEOF_LONG_LONG 8
#define SIZEOF_FLOAT 4
#define SIZEOF_DOUBLE 8
#define SIZEOF_VOID_P 8
#define SIZEOF_SIZE_T 8
#define SIZEOF_TIME_T 8
#define SIZEOF_FPOS_T 8
#define SIZEOF_PID_T 4
#define SIZEOF_WCHAR_T 2
#define ALIGNOF_MAX_ALIGN_T 8
"""
"""What Python's headers ask of Windows x86-64: its integers, its threads, and that Python is a DLL."""

EXPORTED = re.compile(r"PyAPI_(?:FUNC|DATA)\s*\([^)]*\)\s*\*?\s*(\w+)")


def windows_wheel(linux_wheel: Path, folder: Path, scratch: Path) -> Path:
    """Write the wheel for Windows, which differs in the compiled search, and return its path."""
    module = compiled_search(scratch)
    name, version, *_ = linux_wheel.stem.split("-")
    made = folder / f"{name}-{version}-cp{VERSION}-cp{VERSION}-win_amd64.whl"
    with zipfile.ZipFile(linux_wheel) as old, WheelFile(str(made), "w") as new:
        for entry in old.namelist():
            if entry.endswith((".so", "/RECORD")) or "/sboms/" in entry:
                continue
            content = old.read(entry)
            if entry.endswith(".dist-info/WHEEL"):
                lines = [line for line in content.decode().splitlines() if not line.startswith("Tag:")]
                content = "\n".join([*lines, f"Tag: cp{VERSION}-cp{VERSION}-win_amd64", ""]).encode()
            new.writestr(entry, content)
        new.write(str(module), MODULE)
    return made


def compiled_search(scratch: Path) -> Path:
    """Compile the search and return the module."""
    include = _headers(scratch / "include")
    library = _import_library(include, scratch)
    module = scratch / Path(MODULE).name
    sources = [*sorted(CPP.rglob("*.cpp")), NANOBIND / "src" / "nb_combined.cpp"]
    folders = [include, NANOBIND / "include", NANOBIND / "ext" / "robin_map" / "include", CPP]
    subprocess.run(
        [COMPILER, "-shared", "-static", "-s", *FLAGS, NO_FUSED_ARITHMETIC, "-DNB_COMPACT_ASSERTIONS"]
        + [f"-I{folder}" for folder in folders]
        + [*sources, library, "-o", module],
        check=True,
    )  # fmt: skip
    return module


def _headers(folder: Path) -> Path:
    shutil.copytree(sysconfig.get_path("include"), folder, dirs_exist_ok=True)
    (folder / "pyconfig.h").write_text(PYCONFIG, encoding="utf-8")
    return folder


def _import_library(include: Path, scratch: Path) -> Path:
    names = {
        name
        for header in include.rglob("*.h")
        for name in EXPORTED.findall(header.read_text(encoding="utf-8", errors="replace"))
    }
    listed = scratch / f"python{VERSION}.def"
    listed.write_text("\n".join(["EXPORTS", *sorted(names), ""]), encoding="utf-8")
    library = scratch / f"libpython{VERSION}.a"
    words = ["-m", "i386:x86-64", "-D", f"python{VERSION}.dll", "-d", listed, "-l", library]
    subprocess.run([DLLTOOL, *words], check=True)
    return library
