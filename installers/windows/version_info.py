"""Write the version that Windows shows in a program's properties, in the form that PyInstaller reads."""

from __future__ import annotations

from pathlib import Path

_TEXT = """\
VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)
  ),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "Balint Desktop"),
      StringStruct("FileDescription", "Balint Desktop"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "balint-desktop"),
      StringStruct("LegalCopyright", "MIT licence"),
      StringStruct("OriginalFilename", "balint-desktop.exe"),
      StringStruct("ProductName", "Balint Desktop"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 1200])]),
  ],
)
"""


def numbers(version: str) -> tuple[int, int, int, int]:
    """Return a version such as 0.2.0 as the four numbers that Windows compares."""
    major, minor, patch = (int(part) for part in version.split("."))
    return major, minor, patch, 0


def write_version_info(folder: Path, version: str) -> Path:
    """Write the file into a folder, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "version-info.txt"
    path.write_text(_TEXT.format(numbers=numbers(version), version=version), encoding="utf-8")
    return path
