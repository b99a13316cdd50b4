"""Settings of dmgbuild: the window of the disk image, with the app beside a link to Applications.

dmgbuild runs this file with `defines` at hand; see build.py.
"""

app = defines["app"]  # noqa: F821  dmgbuild's
files = [app, (defines["licence"], "LICENSE.txt"), (defines["notices"], "THIRD_PARTY_NOTICES.txt")]  # noqa: F821
symlinks = {"Applications": "/Applications"}
icon_locations = {
    "Balint Desktop.app": (160, 150),
    "Applications": (400, 150),
    "LICENSE.txt": (160, 300),
    "THIRD_PARTY_NOTICES.txt": (400, 300),
}
format = "UDZO"  # noqa: A001  the name is dmgbuild's
filesystem = "HFS+"
window_rect = ((200, 200), (560, 400))
default_view = "icon-view"
icon_size = 96
text_size = 12
