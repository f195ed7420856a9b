import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { postMessage } from '../../src/http/webhook.ts';

let server: ReturnType<typeof createServer> | undefined;
afterEach(() => server?.close());

async function chat(status: number): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = [];
  server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => heard.push(text));
    request.on('end', () => response.writeHead(status, { location: '/elsewhere' }).end('ok'));
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret`, heard };
}

test('a message is posted as chats take it', async () => {
  const { url, heard } = await chat(200);
  await postMessage(url, 'eu: 1 assignment has drifted.');
  expect(heard.map((text) => JSON.parse(text))).toEqual([
    { text: 'eu: 1 assignment has drifted.' },
  ]);
});

test('what it answers, and what cannot be reached, is told without the address', async () => {
  for (const status of [302, 404, 500]) {
    const { url } = await chat(status);
    const said = postMessage(url, 'x');
    await expect(said).rejects.toMatchObject({ code: 'webhook-failed' });
    await expect(said).rejects.not.toThrow(/secret/);
    server?.close();
  }
  const gone = postMessage('http://127.0.0.1:1/secret', 'x');
  await expect(gone).rejects.toMatchObject({ message: 'The webhook could not be reached.' });
});

test.each(['', 'nonsense', 'http://chat.example/secret', 'ftp://127.0.0.1/x'])(
  '%j is no address',
  async (url) => {
    await expect(postMessage(url, 'x')).rejects.toMatchObject({
      message: 'The address of the webhook is no https URL.',
    });
  },
);
