import { connect, createServer } from 'node:net';

/** How many ports are tried. */
const PORTS_TRIED_MAX = 50;
const CONNECT_MS_MAX = 300;

/** The first free port from `first` on, or null when none of the next fifty is. */
export async function choosePort(host: string, first: number): Promise<number | null> {
  for (let port = first; port < first + PORTS_TRIED_MAX && port <= 65_535; port += 1) {
    if (await isPortFree(host, port)) return port;
  }
  return null;
}

/**
 * Free means that this process can listen on it, and that no other program answers on `localhost`: a program on ::1 does
 * not prevent listening on 127.0.0.1, nor, on macOS, one on all addresses from listening on a single one.
 */
export async function isPortFree(host: string, port: number): Promise<boolean> {
  const answering = await Promise.all([isAnswering('127.0.0.1', port), isAnswering('::1', port)]);
  return !answering.includes(true) && (await canListen(host, port));
}

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve(false);
      else reject(new Error(`The web server cannot listen on ${host}:${port}.`, { cause: error }));
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

function isAnswering(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(CONNECT_MS_MAX, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
