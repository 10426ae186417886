// Argon2id and BLAKE2b as RFC 9106 and RFC 7693 have them; slow, for nothing but reading.

const MASK = (1n << 64n) - 1n;
const IV = [
  0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
];
const SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const DIAGONALS = [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];

const turn = (word, by) => ((word >> by) | (word << (64n - by))) & MASK;

const words = (bytes) => Array.from({ length: bytes.length / 8 }, (_, at) => bytes.readBigUInt64LE(8 * at));

function bytesOf(list) {
  const bytes = Buffer.alloc(8 * list.length);
  list.forEach((word, at) => bytes.writeBigUInt64LE(word, 8 * at));
  return bytes;
}

function compress(state, block, count, isLast) {
  const v = [...state, ...IV];
  v[12] ^= BigInt(count);
  if (isLast) v[14] ^= MASK;
  for (let round = 0; round < 12; round += 1) {
    DIAGONALS.forEach(([a, b, c, d], at) => {
      const order = SIGMA[round % 10];
      const mix = (word, one, two) => {
        v[a] = (v[a] + v[b] + word) & MASK;
        v[d] = turn(v[d] ^ v[a], one);
        v[c] = (v[c] + v[d]) & MASK;
        v[b] = turn(v[b] ^ v[c], two);
      };
      mix(block[order[2 * at]], 32n, 24n);
      mix(block[order[2 * at + 1]], 16n, 63n);
    });
  }
  return state.map((word, at) => word ^ v[at] ^ v[at + 8]);
}

export function blake2b(length, ...parts) {
  const input = Buffer.concat(parts);
  let state = [...IV];
  state[0] ^= 0x01010000n ^ BigInt(length);
  for (let at = 0; ; at += 128) {
    const block = Buffer.alloc(128);
    input.copy(block, 0, at, at + 128);
    const isLast = at + 128 >= input.length;
    state = compress(state, words(block), isLast ? input.length : at + 128, isLast);
    if (isLast) return bytesOf(state).subarray(0, length);
  }
}

const number4 = (number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
};

/** H' of RFC 9106, 3.3. */
function stretch(length, ...parts) {
  if (length <= 64) return blake2b(length, number4(length), ...parts);
  const out = [];
  let left = length;
  let last = blake2b(64, number4(length), ...parts);
  for (; left > 64; left -= 32) {
    out.push(last.subarray(0, 32));
    last = blake2b(Math.min(64, left - 32), last);
  }
  return Buffer.concat([...out, last]);
}

function permute(block, places) {
  const low = (word) => word & 0xffffffffn;
  const add = (one, two) => (one + two + 2n * low(one) * low(two)) & MASK;
  for (const diagonal of DIAGONALS) {
    const [a, b, c, d] = diagonal.map((at) => places[at]);
    for (const [one, two] of [[32n, 24n], [16n, 63n]]) {
      block[a] = add(block[a], block[b]);
      block[d] = turn(block[d] ^ block[a], one);
      block[c] = add(block[c], block[d]);
      block[b] = turn(block[b] ^ block[c], two);
    }
  }
}

/** G of RFC 9106, 3.5. */
function mixBlocks(one, two) {
  const before = one.map((word, at) => word ^ two[at]);
  const block = [...before];
  const sixteen = Array.from({ length: 16 }, (_, at) => at);
  for (let row = 0; row < 8; row += 1) permute(block, sixteen.map((at) => 16 * row + at));
  for (let column = 0; column < 8; column += 1) {
    permute(block, sixteen.map((at) => 16 * (at >> 1) + 2 * column + (at & 1)));
  }
  return block.map((word, at) => word ^ before[at]);
}

const ZEROS = Array(128).fill(0n);

export function argon2id(password, salt, { memory, passes, lanes }, length) {
  const numbers = [lanes, length, memory, passes, 0x13, 2].map(number4);
  const first = blake2b(64, ...numbers, number4(password.length), password, number4(salt.length), salt, number4(0), number4(0));
  const segment = Math.floor(memory / (4 * lanes));
  const columns = 4 * segment;
  const blocks = Array.from({ length: lanes }, (_, lane) =>
    [0, 1].map((at) => words(stretch(1024, first, number4(at), number4(lane)))));
  for (let pass = 0; pass < passes; pass += 1) {
    for (let slice = 0; slice < 4; slice += 1) {
      for (let lane = 0; lane < lanes; lane += 1) fillSegment(blocks, { pass, slice, lane, lanes, passes, segment, columns });
    }
  }
  const last = blocks.map((lane) => lane[columns - 1]).reduce((one, two) => one.map((word, at) => word ^ two[at]));
  return stretch(length, bytesOf(last));
}

function fillSegment(blocks, { pass, slice, lane, lanes, passes, segment, columns }) {
  const isBlind = pass === 0 && slice < 2;
  let addresses = [];
  for (let index = 0; index < segment; index += 1) {
    if (isBlind && index % 128 === 0) {
      const input = [pass, lane, slice, lanes * columns, passes, 2, index / 128 + 1].map(BigInt);
      addresses = mixBlocks(ZEROS, mixBlocks(ZEROS, [...input, ...Array(121).fill(0n)]));
    }
    const column = slice * segment + index;
    if (pass === 0 && column < 2) continue;
    const before = blocks[lane][(column + columns - 1) % columns];
    const random = isBlind ? addresses[index % 128] : before[0];
    const other = pass === 0 && slice === 0 ? lane : Number((random >> 32n) % BigInt(lanes));
    const isSame = other === lane;
    const done = pass === 0 ? slice * segment : columns - segment;
    const area = BigInt(done + (isSame ? index - 1 : index === 0 ? -1 : 0));
    const squared = ((random & 0xffffffffn) ** 2n) >> 32n;
    const back = area - 1n - ((area * squared) >> 32n);
    const start = pass === 0 ? 0 : ((slice + 1) * segment) % columns;
    const made = mixBlocks(before, blocks[other][(start + Number(back)) % columns]);
    const old = blocks[lane][column];
    blocks[lane][column] = pass === 0 ? made : made.map((word, at) => word ^ old[at]);
  }
}
