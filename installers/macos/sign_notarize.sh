#!/bin/sh
# Signs a disk image or a package, has Apple notarise it, and staples the ticket to it. Run on a Mac with Xcode's command
# line tools. What is inside is signed with BALINT_SIGNER already, since the specs hand it to PyInstaller, with the
# hardened runtime and the entitlements.
#   BALINT_SIGNER            the identity: "Developer ID Application: NAME (TEAM)"
#   BALINT_INSTALLER_SIGNER  for a package, "Developer ID Installer: NAME (TEAM)"
#   BALINT_NOTARY            a profile in the keychain, made once by: xcrun notarytool store-credentials PROFILE
set -eu
made=$1
: "${BALINT_SIGNER:?the identity that signs}" "${BALINT_NOTARY:?the keychain profile of notarytool}"
microphone=com.apple.security.device.audio-input
case $made in
*.dmg)
    app="$(dirname "$made")/Balint Desktop.app"
    # Nothing unsigned may be inside, and the microphone's entitlement has to be.
    codesign --verify --deep --strict --verbose=2 "$app"
    codesign --display --entitlements - --xml "$app" | grep -q "$microphone"
    codesign --sign "$BALINT_SIGNER" --timestamp "$made"
    ;;
*.pkg)
    : "${BALINT_INSTALLER_SIGNER:?the identity that signs packages}"
    engine="$(dirname "$made")/balint-desktop-transcribe/balint-desktop-transcribe"
    codesign --verify --strict --verbose=2 "$engine"
    if codesign --display --entitlements - --xml "$engine" | grep -q "$microphone"; then
        echo "The engine may not have the microphone." >&2
        exit 1
    fi
    productsign --sign "$BALINT_INSTALLER_SIGNER" --timestamp "$made" "$made.signed"
    mv "$made.signed" "$made"
    ;;
*)
    echo "Neither a disk image nor a package: $made" >&2
    exit 1
    ;;
esac
# The log names each file that Apple objects to.
xcrun notarytool submit "$made" --keychain-profile "$BALINT_NOTARY" --wait
xcrun stapler staple "$made"
xcrun stapler validate "$made"
case $made in
*.dmg) spctl --assess --type open --context context:primary-signature --verbose "$made" ;;
*.pkg) spctl --assess --type install --verbose "$made" ;;
esac
