// A small WebSocket client: text messages out, text messages in, one after another.

import { randomBytes } from 'node:crypto';
import { request } from 'node:http';

const HEAR_MILLISECONDS = 10_000;
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

function frame(opcode, payload) {
  const mask = randomBytes(4);
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 4 : 2);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (long ? 126 : payload.length);
  if (long) head.writeUInt16BE(payload.length, 2);
  const masked = Buffer.from(payload.map((byte, at) => byte ^ mask[at % 4]));
  return Buffer.concat([head, mask, masked]);
}

/** The first whole frame of the bytes, or null. */
function unframe(bytes) {
  if (bytes.length < 2) return null;
  let size = bytes[1] & 0x7f;
  let at = 2;
  if (size === 126) {
    if (bytes.length < 4) return null;
    size = bytes.readUInt16BE(2);
    at = 4;
  } else if (size === 127) {
    if (bytes.length < 10) return null;
    size = Number(bytes.readBigUInt64BE(2));
    at = 10;
  }
  if (bytes.length < at + size) return null;
  return { opcode: bytes[0] & 0x0f, payload: bytes.subarray(at, at + size), rest: at + size };
}

export class Socket {
  constructor() {
    this.bytes = Buffer.alloc(0);
    this.messages = [];
    this.waiting = null;
    this.closed = false;
  }

  /** `headers` say who asks. */
  static open(address, path, headers) {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(address);
      const asked = request({
        host: hostname, port, path,
        headers: {
          ...headers, connection: 'Upgrade', upgrade: 'websocket',
          'sec-websocket-version': '13', 'sec-websocket-key': randomBytes(16).toString('base64'),
        },
      });
      asked.on('error', reject);
      asked.on('response', ({ statusCode }) => reject(new Error(`the socket got ${statusCode}`)));
      asked.on('upgrade', (_, stream, head) => {
        const socket = new Socket();
        socket.stream = stream;
        stream.on('data', (bytes) => socket.take(bytes));
        stream.on('close', () => socket.end());
        stream.on('error', () => socket.end());
        socket.take(head);
        resolve(socket);
      });
      asked.end();
    });
  }

  send(value) {
    this.stream.write(frame(TEXT, Buffer.from(JSON.stringify(value))));
  }

  /** The next message; null when the connection is closed or nothing comes. */
  hear() {
    if (this.messages.length > 0 || this.closed) {
      return Promise.resolve(this.messages.shift() ?? null);
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.waiting?.(null), HEAR_MILLISECONDS);
      this.waiting = (message) => {
        clearTimeout(timer);
        this.waiting = null;
        resolve(message);
      };
    });
  }

  close() {
    this.stream.destroy();
  }

  take(bytes) {
    this.bytes = Buffer.concat([this.bytes, bytes]);
    for (let found = unframe(this.bytes); found; found = unframe(this.bytes)) {
      this.bytes = this.bytes.subarray(found.rest);
      if (found.opcode === PING) this.stream.write(frame(PONG, found.payload));
      if (found.opcode === CLOSE) this.stream.destroy();
      if (found.opcode !== TEXT) continue;
      const raw = found.payload.toString('utf8');
      if (this.waiting) this.waiting(raw);
      else this.messages.push(raw);
    }
  }

  end() {
    this.closed = true;
    this.waiting?.(null);
  }
}
