/** What the demo prints: chapters, requests as they were sent, and what came back, in a few lines each. */
export interface Story {
  chapter(title: string, sentence: string): void;
  /** One request of the story; returns the answer. Throws when the status is not the one the story tells of. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** As `call`, without a line in the story. */
  quietly(method: string, path: string): Promise<Answer>;
  say(text: string): void;
}

export interface CallOptions {
  body?: unknown;
  contentType?: string;
  /** Status the story expects; any 2xx when absent. */
  expect?: number;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the story walks through answers of many shapes to show parts of them
  json: any;
}

export function tellStory(baseUrl: string, print: (text: string) => void): Story {
  let number = 0;
  async function send(
    method: string,
    path: string,
    { body, contentType = 'application/json', expect }: CallOptions = {},
  ) {
    const response = await fetch(baseUrl + path, {
      method,
      ...(body !== undefined && {
        headers: { 'Content-Type': contentType },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
    const text = await response.text();
    if (expect === undefined ? !response.ok : response.status !== expect) {
      throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 2000)}`);
    }
    return { status: response.status, headers: response.headers, json: parse(text) };
  }
  return {
    quietly: (method, path) => send(method, path),
    chapter(title, sentence) {
      number += 1;
      print(`\n${number}. ${title}\n   ${sentence}`);
    },
    say: (text) => print(`   ${text}`),
    async call(method, path, options) {
      const answer = await send(method, path, options);
      print(`   > ${method} ${path}  → ${answer.status}`);
      return answer;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
