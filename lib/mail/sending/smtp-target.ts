/** The relay that SMTP_URL names. */

export type SmtpTarget = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS. */
  readonly isImplicitTls: boolean;
  /** True unless the relay is on this machine: there, nothing leaves the machine in the clear. */
  readonly isTlsRequired: boolean;
  readonly user: string | null;
  readonly password: string;
};

/** RFC 8314: submission with implicit TLS on 465; RFC 6409: with STARTTLS on 587. A relay of this machine is on 25. */
const PORT_TLS = 465;
const PORT_STARTTLS = 587;
const PORT_LOCAL = 25;

/** `url` is smtp: or smtps:, as the settings have checked. */
export function parseSmtpUrl(url: string): SmtpTarget {
  const { protocol, hostname, port, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isImplicitTls = protocol === 'smtps:';
  const isLocal = isLoopback(host);
  return {
    host,
    port: port !== '' ? Number(port) : isImplicitTls ? PORT_TLS : isLocal ? PORT_LOCAL : PORT_STARTTLS,
    isImplicitTls,
    isTlsRequired: !isLocal,
    user: username === '' ? null : decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}

export function isLoopback(host: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);
}
