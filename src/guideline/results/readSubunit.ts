import { computeCrc32 } from './crc32';
import { ResultsError } from './resultsError';

/** Statuses of a subunit v2 packet, by number. */
export const SUBUNIT_STATUSES = [
  'undefined',
  'exists',
  'inprogress',
  'success',
  'uxsuccess',
  'skip',
  'fail',
  'xfail',
] as const;
export type SubunitStatus = (typeof SUBUNIT_STATUSES)[number];

/** What a packet says of a test; packets without a test id and without a status are files of the run. */
export interface SubunitEvent {
  /** null for packets that speak of no test. */
  readonly testId: string | null;
  readonly status: SubunitStatus;
  readonly tags: readonly string[];
  /** The packet's first byte, from the start of the stream. */
  readonly offset: number;
}

const SIGNATURE = 0xb3;
const VERSION = 0x2;
/** Of a whole packet, by the protocol. */
const MAX_PACKET = 4 * 1024 * 1024;
const CRC_LENGTH = 4;

const FLAG = {
  testId: 0x0800,
  routingCode: 0x0400,
  timestamp: 0x0200,
  tags: 0x0080,
  fileContent: 0x0040,
  mime: 0x0020,
  reserved: 0x0008,
  status: 0x0007,
} as const;

/** True when the bytes start as a subunit v2 packet does. */
export function looksLikeSubunit(bytes: Uint8Array): boolean {
  return bytes[0] === SIGNATURE && (bytes[1] ?? 0) >> 4 === VERSION;
}

/**
 * Reads a subunit v2 stream (the binary protocol of python-subunit, as `stestr last --subunit` prints it): signature 0xB3,
 * flags, length, then the fields that the flags name, then a CRC-32 over all before it. Bytes between packets are passed
 * over as the protocol asks (a program's own output). Timestamps, files and routing codes are checked and not kept.
 * @throws ResultsError for a packet that is cut off, damaged or of another version; the offset is in the message.
 */
export function readSubunit(bytes: Uint8Array): SubunitEvent[] {
  const events: SubunitEvent[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    if (bytes[offset] !== SIGNATURE) {
      offset = skipCharacter(bytes, offset);
      continue;
    }
    const packet = openPacket(bytes, offset);
    events.push(readEvent(packet));
    offset = packet.end;
  }
  return events;
}

/** Behind one character of UTF-8: 0xB3 is no signature where it continues one (`ó` is C3 B3). */
function skipCharacter(bytes: Uint8Array, offset: number): number {
  const first = bytes[offset] ?? 0;
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  let end = offset + 1;
  while (end <= offset + more && (bytes[end] ?? 0) >> 6 === 0b10) end++;
  return end;
}

interface Packet {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly end: number;
  readonly flags: number;
  /** Moves over the packet as it is read. */
  position: number;
  /** Where the fields end and the checksum starts. */
  readonly fieldsEnd: number;
}

function openPacket(bytes: Uint8Array, offset: number): Packet {
  const flags = ((bytes[offset + 1] ?? 0) << 8) | (bytes[offset + 2] ?? 0);
  // The packet's length takes as many bytes as its first two bits say.
  const lengthBytes = ((bytes[offset + 3] ?? 0) >> 6) + 1;
  if (offset + 3 + lengthBytes > bytes.length) throw damaged(offset, 'is cut off');
  if (flags >> 12 !== VERSION) throw damaged(offset, `has version ${flags >> 12}, and this reads version 2`);
  const head: Packet = { bytes, offset, end: bytes.length, flags, position: offset + 3, fieldsEnd: bytes.length };
  const length = readNumber(head);
  if (length > MAX_PACKET) throw damaged(offset, `claims ${length} bytes, more than the protocol allows`);
  const end = offset + length;
  if (end > bytes.length) throw damaged(offset, 'is cut off');
  const fieldsEnd = end - CRC_LENGTH;
  if (fieldsEnd < head.position) throw damaged(offset, 'is shorter than its own head');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(fieldsEnd) !== computeCrc32(bytes, offset, fieldsEnd)) throw damaged(offset, 'fails its checksum');
  return { ...head, end, fieldsEnd };
}

function readEvent(packet: Packet): SubunitEvent {
  const { flags, offset } = packet;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  if (has(FLAG.reserved)) throw damaged(offset, 'sets a bit that the protocol keeps free');
  if (has(FLAG.timestamp)) {
    skipBytes(packet, 4);
    readNumber(packet);
  }
  const testId = has(FLAG.testId) ? readText(packet) : null;
  const tags = has(FLAG.tags) ? readTags(packet) : [];
  if (has(FLAG.mime)) skipBytes(packet, readNumber(packet));
  if (has(FLAG.fileContent)) {
    skipBytes(packet, readNumber(packet));
    skipBytes(packet, readNumber(packet));
  }
  if (has(FLAG.routingCode)) skipBytes(packet, readNumber(packet));
  if (packet.position !== packet.fieldsEnd) throw damaged(offset, 'has bytes behind its last field');
  return { testId, status: SUBUNIT_STATUSES[flags & FLAG.status] ?? 'undefined', tags, offset };
}

function readTags(packet: Packet): string[] {
  const count = readNumber(packet);
  // Each takes a byte at least: a wrong count cannot make this loop for long.
  if (count > packet.fieldsEnd - packet.position) throw damaged(packet.offset, 'has a field that runs out of it');
  return Array.from({ length: count }, () => readText(packet));
}

/** One to four bytes, big-endian; the two top bits of the first say how many follow. */
function readNumber(packet: Packet): number {
  const first = packet.bytes[packet.position] ?? 0;
  const more = first >> 6;
  const start = packet.position;
  skipBytes(packet, more + 1);
  let value = first & 0x3f;
  for (let i = 1; i <= more; i++) value = value * 256 + (packet.bytes[start + i] ?? 0);
  return value;
}

function readText(packet: Packet): string {
  const length = readNumber(packet);
  const start = packet.position;
  skipBytes(packet, length);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      packet.bytes.subarray(start, start + length),
    );
  } catch {
    throw damaged(packet.offset, 'has a text that is not UTF-8');
  }
}

function skipBytes(packet: Packet, count: number): void {
  if (packet.position + count > packet.fieldsEnd) throw damaged(packet.offset, 'has a field that runs out of it');
  packet.position += count;
}

function damaged(offset: number, what: string): ResultsError {
  return new ResultsError(`The subunit packet at byte ${offset} ${what}. Save the stream again, in binary.`);
}
