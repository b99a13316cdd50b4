; Installs the transcription engine beside Balint Desktop, where the app looks for it. Compiled by Inno Setup 6
; (build_transcribe.py calls it):
;   ISCC /DVersion=0.2.0 /DFrozen=..\..\dist\balint-desktop-transcribe installers\windows\balint-desktop-transcribe.iss
; For IT, silent:  setup.exe /VERYSILENT /NORESTART /ALLUSERS      removed by:  unins000.exe /VERYSILENT
#ifndef Version
  #error Version is not defined: /DVersion=0.2.0
#endif
#ifndef Frozen
  #define Frozen "..\..\dist\balint-desktop-transcribe"
#endif
#ifndef Output
  #define Output "..\..\dist"
#endif

[Setup]
; Never changed: by it an upgrade finds what it replaces.
AppId={{4597579A-F52B-44C5-8642-4330B7BF8844}
AppName=Balint Desktop Transcribe
AppVersion={#Version}
AppVerName=Balint Desktop Transcribe {#Version}
VersionInfoVersion={#Version}
; Beside the app, wherever that is now. There is nothing to choose.
DefaultDirName={code:EngineFolder}
UsePreviousAppDir=no
DisableDirPage=yes
DisableProgramGroupPage=yes
DisableWelcomePage=no
; What may be done with the parts that are not free software.
LicenseFile={#Frozen}\LICENCE.txt
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
; While the window is open a transcript may be written: setup asks for it to be closed, and a silent one ends.
AppMutex=BalintDesktop.BalintDesktop,Global\BalintDesktop.BalintDesktop
CloseApplications=yes
RestartApplications=no
OutputDir={#Output}
OutputBaseFilename=balint-desktop-transcribe-{#Version}-setup
UninstallDisplayIcon={app}\balint-desktop-transcribe.exe
UninstallDisplayName=Balint Desktop Transcribe
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
#ifdef SignTool
SignTool={#SignTool}
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[CustomMessages]
en.AppMissing=Balint Desktop is not installed. Install it first, then start this setup again.
de.AppMissing=Balint Desktop ist nicht installiert. Bitte installieren Sie es zuerst, und starten Sie dann dieses Setup noch einmal.
en.AppIsForAll=Balint Desktop is installed for all users of this computer. Start this setup again and choose “Install for all users”, or ask your administrator to.
de.AppIsForAll=Balint Desktop ist für alle Benutzer dieses Computers installiert. Bitte starten Sie dieses Setup noch einmal, und wählen Sie die Installation für alle Benutzer, oder bitten Sie Ihre Administration darum.
en.AppIsForOne=Balint Desktop is installed for you alone. Start this setup again and choose “Install for me only”.
de.AppIsForOne=Balint Desktop ist nur für Sie installiert. Bitte starten Sie dieses Setup noch einmal, und wählen Sie die Installation nur für Sie.
en.AppDiffers=Balint Desktop %1 is installed, and this is Balint Desktop Transcribe %2. Install Balint Desktop %2 first, then start this setup again.
de.AppDiffers=Installiert ist Balint Desktop %1, und dies ist Balint Desktop Transcribe %2. Bitte installieren Sie zuerst Balint Desktop %2, und starten Sie dann dieses Setup noch einmal.

[InstallDelete]
; A library of the version before must not be found beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Frozen}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Code]
const
  ProgramFile = 'balint-desktop.exe';
  // The AppId of balint-desktop.iss.
  AppKey = 'Software\Microsoft\Windows\CurrentVersion\Uninstall\{6D8B3B5C-8B2E-4E0B-9C1C-3A5F0B6E7D21}_is1';

{ Return the folder of the app that is installed for all users or for this one, empty if there is none. }
function AppFolder(ForAll: Boolean): String;
var
  Root: Integer;
  Usual: String;
begin
  Root := HKCU;
  Usual := ExpandConstant('{localappdata}\Programs');
  if ForAll then
  begin
    Root := HKLM;
    Usual := ExpandConstant('{commonpf}');
  end;
  { An MSI leaves another key, and its folder is the usual one. }
  if not RegQueryStringValue(Root, AppKey, 'InstallLocation', Result) or not FileExists(AddBackslash(Result) + ProgramFile) then
    Result := Usual + '\Balint Desktop';
  if not FileExists(AddBackslash(Result) + ProgramFile) then
    Result := '';
end;

{ Return where the app looks for its engine: beside its own folder. }
function EngineFolder(Param: String): String;
begin
  Result := AddBackslash(ExtractFileDir(RemoveBackslash(AppFolder(IsAdminInstallMode)))) + 'balint-desktop-transcribe';
end;

{ Return why the engine cannot be installed, empty if it can. }
function Obstacle: String;
var
  Folder, Found: String;
begin
  Result := '';
  Folder := AppFolder(IsAdminInstallMode);
  if Folder <> '' then
  begin
    { The two speak a protocol of their own, which may change with each version. }
    if GetVersionNumbersString(AddBackslash(Folder) + ProgramFile, Found) and (Found <> '{#Version}.0') then
      Result := FmtMessage(CustomMessage('AppDiffers'), [Copy(Found, 1, Length(Found) - 2), '{#Version}']);
  end
  else if AppFolder(not IsAdminInstallMode) = '' then
    Result := CustomMessage('AppMissing')
  else if IsAdminInstallMode then
    Result := CustomMessage('AppIsForOne')
  else
    Result := CustomMessage('AppIsForAll');
end;

function InitializeSetup: Boolean;
var
  Why: String;
begin
  Why := Obstacle;
  Result := Why = '';
  if not Result then
  begin
    Log(Why);
    SuppressibleMsgBox(Why, mbError, MB_OK, IDOK);
  end;
end;
