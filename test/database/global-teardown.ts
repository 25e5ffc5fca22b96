/** Leaves the server; it stops unless another run uses it. Its data stays for the next run. */
export default async function leaveServer(): Promise<void> {
  await globalThis.testServer?.stop();
}
