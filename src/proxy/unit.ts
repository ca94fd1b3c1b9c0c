/** What a unit of the proxy is made of. */
export interface UnitFacts {
  /** Absolute path of the executable. */
  readonly program: string;
  /** Absolute path of the configuration. */
  readonly config: string;
  /** A folder of one's own; undefined: the service manager makes one (StateDirectory). */
  readonly store: string | undefined;
}

const quote = (path: string): string => (/^[\w./@:+-]+$/.test(path) ? path : `"${path.replace(/(["\\])/g, "\\$1")}"`);
const percent = (path: string): string => path.replaceAll("%", "%%");

/**
 * The text of a systemd service that runs the proxy with as few rights as it can do with (systemd.exec(5)). What is not closed is commented.
 */
export function unitText({ program, config, store }: UnitFacts): string {
  const own = store === undefined ? "%S/medkit-proxy/modules" : percent(quote(store));
  return `# Made by \`medkit proxy unit\`. Try it: systemd-analyze verify medkit-proxy.service; systemd-analyze security medkit-proxy
[Unit]
Description=Go module proxy (medkit)
Documentation=man:medkit-proxy-serve(1)
Wants=network-online.target
After=network-online.target

[Service]
# The process is the server itself; /readyz tells when it answers.
Type=exec
ExecStart=${percent(quote(program))} proxy serve --config ${percent(quote(config))} --store ${own}
# A new policy; all else counts from the next start.
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=1s
# Replies in progress get 30 s; see \`drain\` in the configuration.
KillSignal=SIGTERM
TimeoutStopSec=45s
LimitNOFILE=65536

DynamicUser=yes
StateDirectory=medkit-proxy
StateDirectoryMode=0750
Environment=HOME=%S/medkit-proxy MEDKIT_HOME=%S/medkit-proxy
UMask=0022
${store === undefined ? "" : `ReadWritePaths=${own}\n`}NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
CapabilityBoundingSet=
AmbientCapabilities=
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
# MemoryDenyWriteExecute stays off: the JavaScript engine compiles while it runs.
# Who is to reach it, and what it may reach, is the site's to say:
#IPAddressDeny=any
#IPAddressAllow=localhost 10.0.0.0/8

[Install]
WantedBy=multi-user.target
`;
}
