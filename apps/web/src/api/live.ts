import { createStore } from '@/lib/store';

/** Changes as they happen: one WebSocket for the whole page, subscriptions by object. */
export type LiveListener = Readonly<{
  /** Now and after every break: changes behind this sequence number will be told. */
  started: (seq: string) => void;
  changed: (seq: string) => void;
  /** Something was missed: read anew. */
  resync: (seq: string) => void;
}>;

/** Where somebody is: in the list of an object, at a record, in a cell of it. */
export type Place = Readonly<{
  object: string; record?: string; field?: string; editing?: boolean;
}>;

/** Somebody else who is at the same object, as far as this person may know. */
export type Person = Readonly<{ user: string; name: string }> & Omit<Place, 'object'>;

type Message = Readonly<{
  type?: string; object?: string; seq?: string; people?: readonly Person[];
}>;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const MOVE_PAUSE_MS = 200;

const listeners = new Map<string, Set<LiveListener>>();
const lastSeq = new Map<string, string>();
/** Others at the object that is looked at. */
export const others = createStore<readonly Person[]>([]);
let place: Place | null = null;
let moving = 0;
let socket: WebSocket | null = null;
let pause = FIRST_PAUSE_MS;
let waiting = 0;

function send(message: unknown): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function sendSubscription(object: string): void {
  const since = lastSeq.get(object);
  send({ subscribe: since === undefined ? { object } : { object, since } });
}

const isNeeded = () => listeners.size > 0 || place !== null;

function receive(message: Message): void {
  const { type, object, seq } = message;
  if (type === 'presence') {
    if (object === place?.object) others.set(message.people ?? []);
    return;
  }
  if (seq === undefined) return;
  const told = object === undefined
    ? [...listeners.values()].flatMap((some) => [...some]) : [...(listeners.get(object) ?? [])];
  if (object !== undefined) lastSeq.set(object, seq);
  for (const listener of told) {
    if (type === 'subscribed') listener.started(seq);
    else if (type === 'resync') listener.resync(seq);
    else if (object !== undefined) listener.changed(seq);
  }
}

function connect(): void {
  const protocol = window.location.protocol === 'https:' ? 'wss' : 'ws';
  const made = new WebSocket(`${protocol}://${window.location.host}/api/v1/live`);
  socket = made;
  made.onopen = () => {
    pause = FIRST_PAUSE_MS;
    for (const object of listeners.keys()) sendSubscription(object);
    if (place) send({ presence: place });
  };
  made.onmessage = (event: MessageEvent<string>) => {
    receive(JSON.parse(event.data) as Message);
  };
  made.onclose = () => {
    if (socket !== made) return;
    socket = null;
    others.set([]);
    if (!isNeeded()) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(connect, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };
}

// A socket does not always notice that its network went away; a new one surely works.
window.addEventListener('online', () => {
  if (!isNeeded()) return;
  const old = socket;
  socket = null;
  old?.close();
  window.clearTimeout(waiting);
  connect();
});

/** Listens to the changes of an object until the answer is called. */
export function subscribe(object: string, listener: LiveListener): () => void {
  const some = listeners.get(object) ?? new Set();
  some.add(listener);
  listeners.set(object, some);
  if (!socket) connect();
  else sendSubscription(object);
  return () => {
    some.delete(listener);
    if (some.size > 0) return;
    listeners.delete(object);
    lastSeq.delete(object);
    send({ unsubscribe: { object } });
    hangUp();
  };
}

function hangUp(): void {
  if (isNeeded()) return;
  socket?.close();
  socket = null;
}

/** Says where this person is, once he has stayed there for a moment. */
export function moveTo(next: Place): void {
  if (JSON.stringify(next) === JSON.stringify(place)) return;
  if (next.object !== place?.object) others.set([]);
  place = next;
  if (!socket) connect();
  window.clearTimeout(moving);
  moving = window.setTimeout(() => {
    send({ presence: place ?? {} });
  }, MOVE_PAUSE_MS);
}

/** Leaves an object, if this person is still there. */
export function leave(object: string): void {
  if (place?.object !== object) return;
  window.clearTimeout(moving);
  place = null;
  others.set([]);
  send({ presence: {} });
  hangUp();
}
