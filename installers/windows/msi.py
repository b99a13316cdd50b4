"""Build an MSI for IT (Intune, group policy) from a frozen program, with wixl of msitools: on Linux, or in WSL.

    python installers/windows/msi.py [--engine] FROZEN TARGET.msi

FROZEN is the folder that PyInstaller left on Windows: dist/balint-desktop, or with --engine that of the transcription
engine, dist/balint-desktop-transcribe. It installs for all users of a computer, silently by `msiexec /i TARGET.msi
/qn`. The text for wixl is written beside the target, as .wxs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import quoteattr

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "installers" / "common"))

from balint_desktop import __version__  # noqa: E402  the checkout's


@dataclass(frozen=True, slots=True)
class Product:
    """What an MSI installs: its name, its folder in Program Files, and the program that has to be in it.

    The upgrade code is never changed: by it an upgrade finds what it replaces.
    """

    name: str
    folder: str
    program: str
    upgrade_code: uuid.UUID
    is_in_menu: bool


APP = Product(
    "Balint Desktop",
    "Balint Desktop",
    "balint-desktop-window.exe",
    uuid.UUID("0f6c2a53-6c0f-4a8e-9a35-0b8f1d7e2c94"),
    is_in_menu=True,
)
# Beside the folder of the app, where the app looks for it.
ENGINE = Product(
    "Balint Desktop Transcribe",
    "balint-desktop-transcribe",
    "balint-desktop-transcribe.exe",
    uuid.UUID("fc7822a5-9d05-4418-a7f0-fb2ee407ffe8"),
    is_in_menu=False,
)


def wxs(frozen: Path, version: str, icon: str, product: Product = APP) -> str:
    """Return the text for wixl: one component a file, so that repair and removal know each of them.

    Paths are relative to the frozen folder.
    """
    files = sorted(path.relative_to(frozen).as_posix() for path in frozen.rglob("*") if path.is_file())
    folders = sorted({str(parent) for name in files for parent in PurePosixPath(name).parents if str(parent) != "."})
    if product.program not in files:
        raise SystemExit(f"{product.program} is not in {frozen}.")
    code = product.upgrade_code
    references = "".join(f"      <ComponentRef Id={quoteattr(_id(code, 'c', name))}/>\n" for name in files)
    menu, in_menu = (_menu(product), '      <ComponentRef Id="shortcut"/>\n') if product.is_in_menu else ("", "")
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="*" Name={quoteattr(product.name)} Language="1033" Version="{version}"
           Manufacturer="Balint Desktop" UpgradeCode="{str(code).upper()}">
    <Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine"/>
    <MajorUpgrade DowngradeErrorMessage="A later version of {product.name} is installed."/>
    <Media Id="1" Cabinet="balint.cab" EmbedCab="yes"/>
    <Icon Id="program.ico" SourceFile={quoteattr(icon)}/>
    <Property Id="ARPPRODUCTICON" Value="program.ico"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="INSTALLDIR" Name={quoteattr(product.folder)}>
{_tree(code, files, folders, PurePosixPath("."), 10)}        </Directory>
      </Directory>
{menu}    </Directory>
    <Feature Id="program" Level="1">
{in_menu}{references}    </Feature>
  </Product>
</Wix>
"""


def _menu(product: Product) -> str:
    """Return the entry in the start menu."""
    return f"""\
      <Directory Id="ProgramMenuFolder">
        <Component Id="shortcut" Guid="{_guid(product.upgrade_code, "shortcut")}" Win64="yes">
          <Shortcut Id="menu" Name={quoteattr(product.name)} Target="[INSTALLDIR]{product.program}"
                    WorkingDirectory="INSTALLDIR" Icon="program.ico"/>
          <RegistryValue Root="HKLM" Key="Software\\{product.name}" Name="installed" Type="integer" Value="1"
                         KeyPath="yes"/>
        </Component>
      </Directory>
"""


def _tree(code: uuid.UUID, files: list[str], folders: list[str], here: PurePosixPath, indent: int) -> str:
    """Return the files of a folder and its folders, as deep as they go."""
    pad, text = " " * indent, ""
    for name in files:
        if PurePosixPath(name).parent == here:
            text += (
                f'{pad}<Component Id={quoteattr(_id(code, "c", name))} Guid="{_guid(code, name)}" Win64="yes">'
                f"<File Id={quoteattr(_id(code, 'f', name))} Name={quoteattr(PurePosixPath(name).name)}"
                f' Source={quoteattr(name)} KeyPath="yes"/></Component>\n'
            )
    for folder in folders:
        path = PurePosixPath(folder)
        if path.parent == here:
            inner = _tree(code, files, folders, path, indent + 2)
            opened = f"{pad}<Directory Id={quoteattr(_id(code, 'd', folder))} Name={quoteattr(path.name)}>"
            text += f"{opened}\n{inner}{pad}</Directory>\n"
    return text


def _guid(code: uuid.UUID, name: str) -> str:
    """Return a component's identity: the same for the same file in every version."""
    return str(uuid.uuid5(code, name)).upper()


def _id(code: uuid.UUID, kind: str, name: str) -> str:
    return f"{kind}_{uuid.uuid5(code, name).hex}"


def main() -> int:
    """Write the text and compile it."""
    parser = argparse.ArgumentParser(description="Build an MSI from a frozen program.")
    parser.add_argument("--engine", action="store_true", help="of the transcription engine")
    parser.add_argument("frozen", type=Path)
    parser.add_argument("target", type=Path)
    asked = parser.parse_args()
    import icons  # noqa: PLC0415  it needs Qt

    icon = icons.write_icon(asked.target.parent, icons.NAME, "win32")
    source = asked.target.with_suffix(".wxs")
    source.write_text(wxs(asked.frozen, __version__, icon.name, ENGINE if asked.engine else APP), encoding="utf-8")
    # wixl 0.101 takes files from the working folder and the icon from beside its text, and no absolute paths.
    target, text = (os.path.relpath(path.absolute(), asked.frozen.absolute()) for path in (asked.target, source))
    subprocess.run(["wixl", "--arch", "x64", "--output", target, text], check=True, cwd=asked.frozen)
    print(f"{asked.target}: {asked.target.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
