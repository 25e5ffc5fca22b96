/** Parsed JSON of whatever shape the test expects: any path may be written, and what is there is compared. */
export interface Json {
  readonly [name: string]: Json;
}

/** An HTTP answer as tests look at it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined for answers that are not JSON. */
  readonly body: Json;
  readonly bytes: Buffer;
}

export async function answerOf(response: Response): Promise<Answer> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && bytes.length > 0;
  const body = (isJson ? JSON.parse(bytes.toString()) : undefined) as Json;
  return { status: response.status, headers: response.headers, body, bytes };
}
