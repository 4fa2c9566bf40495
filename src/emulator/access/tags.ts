import type { AnalyzerRecord } from '../estate/analyzer-record.ts';
import { list, required, STRING } from '../service/member.ts';
import { type Call, operation } from '../service/operation.ts';
import { notFound, validationError } from '../wire/service-error.ts';
import { TAGS } from './shapes.ts';

const LABEL = { resourceArn: required(STRING) } as const;
const PATH = '/tags/{resourceArn}';
/** Tags of one resource (AWS General Reference, tag restrictions). */
const MOST_TAGS = 50;

/** Analyzers are all that can be tagged. Throws ResourceNotFoundException. */
function tagged(call: Call, arn: string): AnalyzerRecord {
  const analyzer = call.estate.analyzers.get(arn);
  const isHere = analyzer?.account === call.caller.account && analyzer.region === call.region;
  if (analyzer === undefined || !isHere) throw notFound('Resource', arn);
  return analyzer;
}

function checkTags(tags: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(tags).find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) throw validationError(`Tag keys cannot begin with aws: (${reserved})`);
  if (Object.keys(tags).length > MOST_TAGS)
    throw validationError(`A resource can have at most ${MOST_TAGS} tags`);
}

export const TAG_OPERATIONS = [
  operation(
    { name: 'ListTagsForResource', method: 'GET', path: PATH, uri: LABEL },
    (call, { resourceArn }) => ({
      tags: tagged(call, resourceArn).tags,
    }),
  ),
  operation(
    { name: 'TagResource', method: 'POST', path: PATH, uri: LABEL, body: { tags: required(TAGS) } },
    (call, { resourceArn, tags }) => {
      const analyzer = tagged(call, resourceArn);
      const after = { ...analyzer.tags, ...tags };
      checkTags(after);
      analyzer.tags = after;
      return {};
    },
  ),
  operation(
    {
      name: 'UntagResource',
      method: 'DELETE',
      path: PATH,
      uri: LABEL,
      query: { tagKeys: required(list(STRING)) },
    },
    (call, { resourceArn, tagKeys }) => {
      const analyzer = tagged(call, resourceArn);
      analyzer.tags = Object.fromEntries(
        Object.entries(analyzer.tags).filter(([key]) => !tagKeys.includes(key)),
      );
      return {};
    },
  ),
];
