# Signs a file, or every program and library in a folder, with a time stamp, and verifies each signature.
#   BALINT_SIGN            the arguments that name the certificate to signtool: '/a', '/sha1 THUMBPRINT', or those of a
#                          signing service, such as '/dlib …\Azure.CodeSigning.Dlib.dll /dmdf metadata.json'
#   BALINT_SIGN_TIMESTAMP  the time stamp server of the certificate's issuer
# Windows' Smart App Control looks at every library, not only at the installer, so all are signed.
param([Parameter(Mandatory = $true)][string]$Path)
$ErrorActionPreference = 'Stop'
if (-not $env:BALINT_SIGN) { throw 'BALINT_SIGN names the certificate.' }
if (-not $env:BALINT_SIGN_TIMESTAMP) { throw 'BALINT_SIGN_TIMESTAMP names the time stamp server.' }
$signtool = (Get-Command signtool -ErrorAction SilentlyContinue).Source
if (-not $signtool) {
    $kits = Join-Path ${env:ProgramFiles(x86)} 'Windows Kits\10\bin\*\x64\signtool.exe'
    $signtool = Get-ChildItem $kits | Sort-Object FullName | Select-Object -Last 1 -ExpandProperty FullName
}
if (-not $signtool) { throw 'signtool is missing: install the Windows SDK.' }
$files = @(Get-ChildItem $Path -Recurse -File -Include *.exe, *.dll, *.pyd)
if (Test-Path $Path -PathType Leaf) { $files = @(Get-Item $Path) }
# Python's and Qt's own signatures stay.
$unsigned = @($files | Where-Object { (Get-AuthenticodeSignature $_.FullName).Status -ne 'Valid' })
$certificate = $env:BALINT_SIGN -split ' '
foreach ($file in $unsigned) {
    & $signtool sign /q /fd SHA256 /tr $env:BALINT_SIGN_TIMESTAMP /td SHA256 @certificate $file.FullName
    if ($LASTEXITCODE) { throw "Not signed: $($file.FullName)" }
}
foreach ($file in $files) {
    & $signtool verify /q /pa $file.FullName
    if ($LASTEXITCODE) { throw "Not valid: $($file.FullName)" }
}
"$($unsigned.Count) of $($files.Count) files signed here; all are valid."
