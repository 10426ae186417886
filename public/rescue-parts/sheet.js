// What stands on a page to hand over, as docs/store-format.md has it: lines of cells, photos among them.

const ESCAPED = { n: "\n", r: "\r", t: "\t" };

// [{record, kind, lines: [{isShown, text, question, blob}]}]; what stands before the first part is lost to nobody.
export function readSheet(text) {
  const parts = [];
  for (const line of text.split("\n").filter(Boolean)) {
    const [name, record, kind] = line.split("\t");
    if (name === "part") parts.push({ record, kind, lines: [] });
    else {
      if (parts.length === 0) parts.push({ record: null, kind: "", lines: [] });
      parts.at(-1).lines.push(readLine(line));
    }
  }
  return parts;
}

function readLine(line) {
  const isShown = line[0] !== "-";
  const [name, ...cells] = line.slice(1).split("\t").map(unescape);
  if (name === "words" && cells.length === 1) return { isShown, text: cells[0] };
  if (name === "fact" && cells.length === 2) return { isShown, question: cells[0], answer: cells[1], text: cells.join(": ") };
  if (name === "photo" && cells.length === 4) return { isShown, blob: cells[0], caption: cells[3], text: cells[3] };
  // A later build's: as it lies there.
  return { isShown, text: line };
}

function unescape(cell) {
  return cell.replace(/\\(.)/g, (_, letter) => ESCAPED[letter] ?? letter);
}
