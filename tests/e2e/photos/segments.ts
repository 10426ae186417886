// Writes and reads the segments of a JPEG file: where cameras put what nobody meant to tell.

export interface Segment {
  marker: number;
  body: Buffer;
}

export const APP0 = 0xe0;
export const APP1 = 0xe1;
export const APP13 = 0xed;
export const COMMENT = 0xfe;
const START_OF_SCAN = 0xda;

/** The segments before the picture itself. */
export function readSegments(file: Buffer): Segment[] {
  if (file.readUInt16BE(0) !== 0xffd8) throw new Error("not a JPEG");
  const segments: Segment[] = [];
  let at = 2;
  while (file[at] === 0xff && file[at + 1] !== START_OF_SCAN) {
    const length = file.readUInt16BE(at + 2);
    segments.push({ marker: file[at + 1] ?? 0, body: file.subarray(at + 4, at + 2 + length) });
    at += 2 + length;
  }
  return segments;
}

/** The same picture with these segments right at its start, before its own. */
export function addSegments(file: Buffer, segments: Segment[]): Buffer {
  const written = segments.map(({ marker, body }) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return Buffer.concat([head, body]);
  });
  return Buffer.concat([file.subarray(0, 2), ...written, file.subarray(2)]);
}

export function xmpSegment(canary: string): Segment {
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${canary}"/></rdf:RDF></x:xmpmeta>`;
  return { marker: APP1, body: Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`) };
}

export function iptcSegment(canary: string): Segment {
  const caption = Buffer.from(canary);
  const data = Buffer.concat([Buffer.from([0x1c, 2, 120, 0, caption.length]), caption]);
  const padded = data.length % 2 ? Buffer.concat([data, Buffer.alloc(1)]) : data;
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const resource = Buffer.concat([Buffer.from("8BIM"), Buffer.from([0x04, 0x04, 0, 0]), size, padded]);
  return { marker: APP13, body: Buffer.concat([Buffer.from("Photoshop 3.0\0"), resource]) };
}

export function commentSegment(canary: string): Segment {
  return { marker: COMMENT, body: Buffer.from(canary) };
}
