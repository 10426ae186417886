export interface BackupRow {
  table: string;
  key: Buffer;
  value: Buffer;
}

export interface Backup {
  rows: BackupRow[];
  damaged: number[];
  isCutOff: boolean;
}

export function openBackup(file: Buffer, passphrase: string): Backup;
