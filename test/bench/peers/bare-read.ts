import { DatabaseSync } from 'node:sqlite';
import { FINDING_COLUMNS, FINDING_TABLES } from '../../../src/cache/stored-finding.ts';

/** The least that node:sqlite can do: the same columns of the same rows, as they lie on the disk, made into nothing. */
const db = new DatabaseSync(process.argv[2] ?? '', { readOnly: true });
let findings = 0;
const rows = db.prepare(`SELECT ${FINDING_COLUMNS} FROM ${FINDING_TABLES} WHERE f.gone_at IS NULL`).iterate();
for (const row of rows) if (row['awsId'] !== null) findings++;
process.stdout.write(JSON.stringify({ findings }));
