"""Build an MSI for IT (Intune, group policy) from a frozen program, with wixl of msitools: on Linux, or in WSL.

    python installers/windows/msi.py FROZEN TARGET.msi

FROZEN is the folder that PyInstaller left on Windows (dist/balint-desktop). It installs for all users of a computer,
silently by `msiexec /i TARGET.msi /qn`. The text for wixl is written beside the target, as .wxs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import uuid
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import quoteattr

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "installers" / "common"))

from balint_desktop import __version__  # noqa: E402  the checkout's

# Never changed: by it an upgrade finds what it replaces.
UPGRADE_CODE = uuid.UUID("0f6c2a53-6c0f-4a8e-9a35-0b8f1d7e2c94")
WINDOW = "balint-desktop-window.exe"


def wxs(frozen: Path, version: str, icon: str) -> str:
    """Return the text for wixl: one component a file, so that repair and removal know each of them.

    Paths are relative to the frozen folder.
    """
    files = sorted(path.relative_to(frozen).as_posix() for path in frozen.rglob("*") if path.is_file())
    folders = sorted({str(parent) for name in files for parent in PurePosixPath(name).parents if str(parent) != "."})
    if WINDOW not in files:
        raise SystemExit(f"{WINDOW} is not in {frozen}.")
    references = "".join(f"      <ComponentRef Id={quoteattr(_id('c', name))}/>\n" for name in files)
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="*" Name="Balint Desktop" Language="1033" Version="{version}" Manufacturer="Balint Desktop"
           UpgradeCode="{str(UPGRADE_CODE).upper()}">
    <Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine"/>
    <MajorUpgrade DowngradeErrorMessage="A later version of Balint Desktop is installed."/>
    <Media Id="1" Cabinet="balint.cab" EmbedCab="yes"/>
    <Icon Id="program.ico" SourceFile={quoteattr(icon)}/>
    <Property Id="ARPPRODUCTICON" Value="program.ico"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="INSTALLDIR" Name="Balint Desktop">
{_tree(files, folders, PurePosixPath("."), 10)}        </Directory>
      </Directory>
      <Directory Id="ProgramMenuFolder">
        <Component Id="shortcut" Guid="{_guid("shortcut")}" Win64="yes">
          <Shortcut Id="menu" Name="Balint Desktop" Target="[INSTALLDIR]{WINDOW}" WorkingDirectory="INSTALLDIR"
                    Icon="program.ico"/>
          <RegistryValue Root="HKLM" Key="Software\\Balint Desktop" Name="installed" Type="integer" Value="1"
                         KeyPath="yes"/>
        </Component>
      </Directory>
    </Directory>
    <Feature Id="program" Level="1">
      <ComponentRef Id="shortcut"/>
{references}    </Feature>
  </Product>
</Wix>
"""


def _tree(files: list[str], folders: list[str], here: PurePosixPath, indent: int) -> str:
    """Return the files of a folder and its folders, as deep as they go."""
    pad, text = " " * indent, ""
    for name in files:
        if PurePosixPath(name).parent == here:
            text += (
                f'{pad}<Component Id={quoteattr(_id("c", name))} Guid="{_guid(name)}" Win64="yes">'
                f"<File Id={quoteattr(_id('f', name))} Name={quoteattr(PurePosixPath(name).name)}"
                f' Source={quoteattr(name)} KeyPath="yes"/></Component>\n'
            )
    for folder in folders:
        path = PurePosixPath(folder)
        if path.parent == here:
            inner = _tree(files, folders, path, indent + 2)
            opened = f"{pad}<Directory Id={quoteattr(_id('d', folder))} Name={quoteattr(path.name)}>"
            text += f"{opened}\n{inner}{pad}</Directory>\n"
    return text


def _guid(name: str) -> str:
    """Return a component's identity: the same for the same file in every version."""
    return str(uuid.uuid5(UPGRADE_CODE, name)).upper()


def _id(kind: str, name: str) -> str:
    return f"{kind}_{uuid.uuid5(UPGRADE_CODE, name).hex}"


def main() -> int:
    """Write the text and compile it."""
    parser = argparse.ArgumentParser(description="Build an MSI from a frozen program.")
    parser.add_argument("frozen", type=Path)
    parser.add_argument("target", type=Path)
    asked = parser.parse_args()
    import icons  # noqa: PLC0415  it needs Qt

    icon = icons.write_icon(asked.target.parent, icons.NAME, "win32")
    source = asked.target.with_suffix(".wxs")
    source.write_text(wxs(asked.frozen, __version__, icon.name), encoding="utf-8")
    # wixl 0.101 takes files from the working folder and the icon from beside its text, and no absolute paths.
    target, text = (os.path.relpath(path.absolute(), asked.frozen.absolute()) for path in (asked.target, source))
    subprocess.run(["wixl", "--arch", "x64", "--output", target, text], check=True, cwd=asked.frozen)
    print(f"{asked.target}: {asked.target.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
