import type { CardPack } from '../api/types';

/** Still being made, or waiting for it. */
export function isOpenPack(pack: CardPack): boolean {
  return pack.state === 'queued' || pack.state === 'running';
}

/** Too little has been seen for a rate. */
const MIN_DONE = 5;

/** Cards per second since the start and seconds that remain; null while that would be a guess. */
export function packPace(pack: CardPack, now: Date): { perSecond: number; remainingSeconds: number } | null {
  const seconds = (now.getTime() - Date.parse(pack.startedAt ?? pack.requestedAt)) / 1000;
  if (pack.state !== 'running' || pack.done < MIN_DONE || seconds <= 0) return null;
  const perSecond = pack.done / seconds;
  return { perSecond, remainingSeconds: Math.ceil((pack.total - pack.done) / perSecond) };
}

/** `1,2 MB`-sized steps are enough for a file that is about to be downloaded. */
export function megabytes(byteCount: string): string {
  return (Math.max(Number(byteCount), 50_000) / 1_000_000).toFixed(1);
}
