#!/bin/sh
# Signs a disk image, has Apple notarise it, and staples the ticket to it. Run on a Mac with Xcode's command line tools.
#   BALINT_SIGNER   the identity: "Developer ID Application: NAME (TEAM)"; the app inside is signed with it already, since
#                   the spec hands it to PyInstaller, with the hardened runtime and entitlements.plist
#   BALINT_NOTARY   a profile in the keychain, made once by: xcrun notarytool store-credentials PROFILE
set -eu
image=$1
: "${BALINT_SIGNER:?the identity that signs}" "${BALINT_NOTARY:?the keychain profile of notarytool}"
app="$(dirname "$image")/Balint Desktop.app"
# Nothing unsigned may be inside, and the microphone's entitlement has to be.
codesign --verify --deep --strict --verbose=2 "$app"
codesign --display --entitlements - --xml "$app" | grep -q com.apple.security.device.audio-input
codesign --sign "$BALINT_SIGNER" --timestamp "$image"
# The log names each file that Apple objects to.
xcrun notarytool submit "$image" --keychain-profile "$BALINT_NOTARY" --wait
xcrun stapler staple "$image"
xcrun stapler validate "$image"
spctl --assess --type open --context context:primary-signature --verbose "$image"
