export interface BackupRow {
  table: string;
  key: Buffer;
  value: Buffer;
}

export interface Backup {
  set: string;
  part: number;
  rows: BackupRow[];
  damaged: number[];
  isCutOff: boolean;
}

export function openBackup(file: Buffer, passphrase: string): Backup;

export function openParts(files: Buffer[], passphrase: string): {
  rows: BackupRow[];
  damaged: Map<number, number[]>;
  missing: number[];
};
