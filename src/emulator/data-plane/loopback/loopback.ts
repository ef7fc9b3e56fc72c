import { connect, createServer, type Server, type Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import { listen } from '../../core/listen.ts';
import type { Network } from '../../world/network/network.ts';
import type { Peer } from '../../world/network/peer.ts';
import { heldFor } from '../../world/network/reach.ts';
import { connectInMemory, failing } from './in-memory.ts';
import {
  isLoopback,
  loopbackHost,
  mapped,
  type Place,
  type SocketAddress,
  socketName,
} from './socket-address.ts';

/** `many`: every 127.x.y.z can be bound (Linux). `single`: 127.0.0.1 alone, so that each address is a port of it. */
export type LoopbackMode = 'many' | 'single';

/** How a connection comes that is not, or not only, its peer's own. */
export interface Passage {
  /** Security groups of a load balancer that hands it on under its client's address. */
  securityGroupIds?: readonly string[];
  /** Whether it comes through PrivateLink. */
  privateLink?: boolean;
}

export interface ConnectOptions {
  /** Whose connection it is; undefined for a client that is not of the world. */
  from: Peer | undefined;
  to: { address: string; port: number };
  /** The VPC whose routes lead there. @default that of `from` */
  routedIn?: string | undefined;
  passage?: Passage;
  /** The client's own, where it has one already: a flow that is passed on keeps it. */
  port?: number | undefined;
  /** Leaves the writing side open when the peer ends its own. @default false */
  allowHalfOpen?: boolean;
}

/** Whose connection it is, and how it comes. */
export interface Caller {
  /** Undefined for a client that is not of the world. */
  from: Peer | undefined;
  passage?: Passage | undefined;
  /** The client's own; undefined for one of this process that connects to what is not the world's. */
  port?: number | undefined;
  /** Whether it leaves its writing side open when the other is done. */
  allowHalfOpen: boolean;
}

export interface ListenOptions {
  server: Server;
  at: SocketAddress;
  /** Whether the firewall in front lets a peer of the world in; the server itself asks it about outsiders. */
  admits?: (peer: Peer | undefined, passage?: Passage) => boolean;
  /** Of what passes connections on unread: the onward connection, which a caller of this process gets instead. */
  onward?: ((caller: Caller) => Socket) | undefined;
}

interface Listening extends ListenOptions {
  vpcId: string | undefined;
  place: Place;
}

/** The networks of all accounts and regions. */
export type Networks = () => Iterable<Network>;

/** The world's network on this machine's loopback interface. */
export interface Loopback {
  readonly mode: LoopbackMode;
  listen(options: ListenOptions): Promise<void>;
  /**
   * Connects within the world. Where nothing listens the socket ends with `ECONNREFUSED`; where a firewall drops the
   * connection, with `ETIMEDOUT`, though without the wait.
   */
  connect(options: ConnectOptions): Socket;
  /** Connects to a server of this machine that is not the world's. */
  connectOut(caller: Caller, to: Place): Socket;
  /** Who connected, and how. */
  caller(accepted: Socket): Caller;
  /** Who connected; undefined for an outsider. */
  peer(accepted: Socket): Peer | undefined;
  /** Where on this machine an address of the world is served, that of the first who has it where no VPC is named. */
  where(at: SocketAddress): Place | undefined;
}

/** @throws Error if `many` is asked for where only 127.0.0.1 can be bound */
export async function openLoopback(
  wanted: LoopbackMode | 'auto',
  networks: Networks = () => [],
): Promise<Loopback> {
  if (wanted === 'single') return loopback('single', networks);
  const isBindable = await canBind('127.97.66.1');
  if (wanted === 'many' && !isBindable) {
    throw new Error(
      'loopback mode many needs addresses other than 127.0.0.1, which this machine lacks: use single',
    );
  }
  return loopback(isBindable ? 'many' : 'single', networks);
}

/** What clients' own ports are taken from (RFC 6335 section 6). */
const LEAST_PORT = 49_152;
const MOST_PORT = 65_535;

export function loopback(mode: LoopbackMode, networks: Networks = () => []): Loopback {
  /** By address and port; one for each VPC that has the address. */
  const listening = new Map<string, readonly Listening[]>();
  /** By the address and port on this machine of their own end. */
  const callers = new Map<string, Caller>();
  /** By the other end, once somebody has asked. */
  const accepting = new WeakMap<Socket, Caller>();
  let lastPort = LEAST_PORT;

  /** Of a client that has none of the system. */
  function nextPort(): number {
    lastPort = lastPort < MOST_PORT ? lastPort + 1 : LEAST_PORT;
    return lastPort;
  }

  async function open({ at, ...options }: ListenOptions): Promise<void> {
    const { server } = options;
    const place = await bind(server, mode === 'many' ? mapped(at) : { host: '127.0.0.1', port: 0 });
    const entry = { ...options, at, vpcId: at.vpcId, place };
    const others = heldAt(at).filter(({ vpcId }) => vpcId !== at.vpcId);
    listening.set(socketName(at), [...others, entry]);
    server.once('close', () => {
      const left = (listening.get(socketName(at)) ?? []).filter((other) => other !== entry);
      if (left.length > 0) listening.set(socketName(at), left);
      else listening.delete(socketName(at));
    });
  }

  /** A server that has been closed listens no more, though it is done only with its last connection. */
  function heldAt(at: { address: string; port: number }): Listening[] {
    return (listening.get(socketName(at)) ?? []).filter(({ server }) => server.listening);
  }

  function dial(caller: Caller, to: Place): Socket {
    const { from, passage, allowHalfOpen } = caller;
    const isMapped = mode === 'many' && from !== undefined && isLoopback(to.host);
    const socket = connect({
      ...to,
      allowHalfOpen,
      noDelay: true,
      ...(isMapped && { localAddress: loopbackHost(from.address) }),
    });
    if (from !== undefined || passage !== undefined) remember(socket, caller);
    return socket;
  }

  /** Within this process; but TLS is told from the bytes of a socket of the system. */
  function meet(caller: Caller, { server, at, place }: Listening): Socket {
    if (server instanceof TlsServer) return dial(caller, place);
    return connectInMemory(server, {
      from: { address: caller.from?.address ?? '127.0.0.1', port: caller.port ?? 0 },
      to: at,
      allowHalfOpen: caller.allowHalfOpen,
      accepting: (accepted) => accepting.set(accepted, { ...caller, allowHalfOpen: true }),
    });
  }

  /**
   * Notes whose socket it is. Node makes the system's connect call on the next tick, which binds the local port, and
   * the acceptor can hear of the connection only in a later turn of the event loop: it finds the note in place.
   */
  function remember(socket: Socket, caller: Caller): void {
    process.nextTick(() => {
      const { address, port } = socket.address() as Partial<SocketAddress>;
      if (address === undefined || port === undefined) return;
      const name = socketName({ address, port });
      callers.set(name, caller);
      socket.once('close', () => callers.delete(name));
    });
  }

  function callerOf(accepted: Socket): Caller {
    const known = accepting.get(accepted);
    if (known) return known;
    const { remoteAddress = '', remotePort = 0 } = accepted;
    const noted = callers.get(socketName({ address: remoteAddress, port: remotePort }));
    const caller = {
      from: noted?.from ?? unmapped(mode, remoteAddress),
      passage: noted?.passage,
      port: remotePort,
      allowHalfOpen: true,
    };
    accepting.set(accepted, caller);
    return caller;
  }

  return {
    mode,
    listen: open,
    connect({ from, to, routedIn = from?.vpcId, passage, port = nextPort(), allowHalfOpen = false }) {
      const there = heldFor(networks(), routedIn, to.address, heldAt(to));
      if (!there) return failing('ECONNREFUSED', socketName(to));
      if (there.admits && !there.admits(from, passage)) return failing('ETIMEDOUT', socketName(to));
      const caller = { from, passage, allowHalfOpen, port };
      return there.onward?.(caller) ?? meet(caller, there);
    },
    connectOut: dial,
    caller: callerOf,
    peer: (accepted) => callerOf(accepted).from,
    where: (at) => heldAt(at).find(({ vpcId }) => at.vpcId === undefined || vpcId === at.vpcId)?.place,
  };
}

/** Another VPC, or another local AWS on this machine, may hold the same address and port; the system then chooses a port. */
async function bind(server: Server, { host, port }: Place): Promise<Place> {
  try {
    return { host, port: await listen(server, { host, port }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return { host, port: await listen(server, { host, port: 0 }) };
  }
}

/** A client of this machine that bound an address takes part as that address; 127.0.0.1 is nobody in the world. */
function unmapped(mode: LoopbackMode, host: string): Peer | undefined {
  return mode === 'many' && isLoopback(host) && host !== '127.0.0.1'
    ? { address: `10.${host.slice('127.'.length)}` }
    : undefined;
}

async function canBind(host: string): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, { host, port: 0 });
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
