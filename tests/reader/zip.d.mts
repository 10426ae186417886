export function openZip(zip: Buffer): Map<string, Buffer>;
