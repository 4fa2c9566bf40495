import { DatabaseSync } from 'node:sqlite';
import { FINDING_COLUMNS, findingTables } from '../../../src/cache/stored-finding.ts';

/** The least that node:sqlite can do: all that is said of the same findings, made into nothing. */
const db = new DatabaseSync(process.argv[2] ?? '', { readOnly: true });
let findings = 0;
const columns = `${FINDING_COLUMNS}, x.body AS body, c.type, c.resource_type AS resourceType`;
const rows = db.prepare(`SELECT ${columns} FROM ${findingTables(columns)} WHERE f.gone_at IS NULL`).iterate();
for (const row of rows) if (row['awsId'] !== null) findings++;
process.stdout.write(JSON.stringify({ findings }));
