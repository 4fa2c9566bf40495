import assert from 'node:assert/strict';
import { test } from 'node:test';
import { element } from '../../../src/emulator/wire/xml.ts';
import { queryError, ServiceError } from '../../../src/emulator/wire/service-error.ts';

test('What stands in XML is escaped', () => {
  assert.equal(
    element('Message', `<a href="x">'&'</a>`),
    '<Message>&lt;a href=&quot;x&quot;&gt;&apos;&amp;&apos;&lt;/a&gt;</Message>',
  );
});

test('A refusal in the Query protocol has its own names and statuses', () => {
  const refuse = (status: number, code: string) => {
    const answer = queryError(new ServiceError(status, code, 'no'), 'id', 'ns');
    return `${answer.status} ${/<Type>(.*?)<.Type><Code>(.*?)</.exec(answer.body)?.slice(1).join(' ')}`;
  };
  assert.equal(refuse(429, 'ThrottlingException'), '400 Sender Throttling');
  assert.equal(refuse(500, 'InternalServerException'), '500 Receiver InternalFailure');
  assert.equal(refuse(403, 'AccessDeniedException'), '403 Sender AccessDenied');
  assert.equal(refuse(404, 'NoSuchEntity'), '404 Sender NoSuchEntity');
});
