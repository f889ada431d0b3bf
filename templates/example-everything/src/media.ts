// A picture and a sound, for the examples that return one.
import { Buffer } from 'node:buffer';

/** A red square: PNG, base64. */
export const redSquare =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mO4oKBAEmIY1TCqYfhqAABLfxAQegypMgAAAABJRU5ErkJggg==';

/** A tenth of a second of the note A: WAV, base64. */
export const noteA = encodeWave(
  Array.from({ length: 800 }, (_, index) => Math.sin((2 * Math.PI * 440 * index) / 8000)),
  8000,
);

/**
 * @param samples from -1 to 1
 * @param rate samples in a second
 * @returns RIFF WAVE, PCM, one channel of 8 bits: base64
 */
function encodeWave(samples: number[], rate: number): string {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  const data = Buffer.from(samples.map((sample) => Math.round(127.5 + 127.5 * sample)));
  return Buffer.concat([header, data]).toString('base64');
}
