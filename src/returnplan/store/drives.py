"""Tells a network drive from a disk of this machine: locks and fsync cannot be trusted across a network."""

import re
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_NETWORK = ("nfs", "cifs", "smb", "afs", "ncpfs", "davfs", "ceph", "gluster", "fuse.sshfs", "fuse.rclone")


def is_network_drive(folder: Path) -> bool:
    """Return whether a folder lies on another machine; False where the system does not tell."""
    folder = folder.resolve()
    if sys.platform == "win32":
        import ctypes

        remote = 4  # DRIVE_REMOTE
        return (
            folder.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == remote
        )
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return _file_system(folder, mounts).startswith(_NETWORK)


def _file_system(folder: Path, mounts: str) -> str:
    """Return the type of the innermost file system that holds a folder; of two at one place the later."""
    inside: dict[int, str] = {}
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        root = Path(re.sub(r"\\(\d{3})", lambda match: chr(int(match[1], 8)), point))
        if folder.is_relative_to(root):
            inside[len(root.parts)] = kind
    return inside[max(inside)] if inside else ""
