import {
  AccessAnalyzerClient,
  ListAnalyzersCommand,
  paginateListFindings,
  paginateListFindingsV2,
} from '@aws-sdk/client-accessanalyzer';

/** The least that the SDK can do: every page of every analyzer, one after the other, kept nowhere. */
const PAGE_SIZE = 1000;
const endpoint = process.env['AWS_ENDPOINT_URL'] ?? '';
let findings = 0;
let requests = 0;

for (const region of process.argv.slice(2)) {
  const client = new AccessAnalyzerClient({
    region,
    endpoint,
    credentials: { accessKeyId: 'AKIAEMULATORTEST0000', secretAccessKey: 'secret' },
  });
  const { analyzers = [] } = await client.send(new ListAnalyzersCommand({}));
  requests++;
  for (const { arn, type } of analyzers) {
    const list =
      type === 'ACCOUNT' || type === 'ORGANIZATION' ? paginateListFindings : paginateListFindingsV2;
    for await (const page of list({ client, pageSize: PAGE_SIZE }, { analyzerArn: arn })) {
      findings += page.findings?.length ?? 0;
      requests++;
    }
  }
  client.destroy();
}
process.stdout.write(JSON.stringify({ findings, requests }));
