; Installs the program for one user, or for all users of a computer. Compiled by Inno Setup 6 (build.py calls it):
;   ISCC /DVersion=0.2.0 /DFrozen=..\..\dist\balint-desktop installers\windows\balint-desktop.iss
; For IT, silent:  setup.exe /VERYSILENT /NORESTART /ALLUSERS      removed by:  unins000.exe /VERYSILENT
; The vault is in %LOCALAPPDATA%\balint-desktop of each user. Nothing here reads, moves or deletes it.
#ifndef Version
  #error Version is not defined: /DVersion=0.2.0
#endif
#ifndef Frozen
  #define Frozen "..\..\dist\balint-desktop"
#endif
#ifndef Icon
  #define Icon "..\..\build\icons\balint-desktop.ico"
#endif
#ifndef Output
  #define Output "..\..\dist"
#endif

[Setup]
; Never changed: by it an upgrade finds what it replaces.
AppId={{6D8B3B5C-8B2E-4E0B-9C1C-3A5F0B6E7D21}
AppName=Balint Desktop
AppVersion={#Version}
AppVerName=Balint Desktop {#Version}
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Balint Desktop
DisableProgramGroupPage=yes
DisableDirPage=auto
DisableWelcomePage=no
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
; While the window is open, setup asks for it to be closed, and a silent one ends: no session is closed by an upgrade.
AppMutex=BalintDesktop.BalintDesktop,Global\BalintDesktop.BalintDesktop
; What else has the program's files open, such as its command line, is asked to close.
CloseApplications=yes
RestartApplications=no
OutputDir={#Output}
OutputBaseFilename=balint-desktop-{#Version}-setup
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\balint-desktop-window.exe
UninstallDisplayName=Balint Desktop
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
en.VaultStays=Balint Desktop was removed. Your vault was not: it is in%n%n%1%n%nKeep it, or destroy it as your study’s protocol says. Each user of this computer may have one.
de.VaultStays=Balint Desktop wurde entfernt, Ihr Tresor nicht. Er ist in%n%n%1%n%nBewahren Sie ihn auf, oder vernichten Sie ihn, wie es Ihr Studienprotokoll verlangt. Jede Person, die diesen Computer benutzt, kann einen haben.
en.DesktopIcon=Put an icon on the desktop
de.DesktopIcon=Symbol auf dem Desktop anlegen

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[InstallDelete]
; A library of the version before must not be found beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Frozen}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Balint Desktop"; Filename: "{app}\balint-desktop-window.exe"; AppUserModelID: "BalintDesktop.BalintDesktop"
Name: "{autodesktop}\Balint Desktop"; Filename: "{app}\balint-desktop-window.exe"; AppUserModelID: "BalintDesktop.BalintDesktop"; Tasks: desktopicon

[Run]
Filename: "{app}\balint-desktop-window.exe"; Description: "{cm:LaunchProgram,Balint Desktop}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Vault: String;
begin
  Vault := ExpandConstant('{localappdata}\balint-desktop');
  if (CurUninstallStep = usPostUninstall) and DirExists(Vault) then
  begin
    Log('The vault stays in ' + Vault);
    if not UninstallSilent then
      MsgBox(FmtMessage(CustomMessage('VaultStays'), [Vault]), mbInformation, MB_OK);
  end;
end;
