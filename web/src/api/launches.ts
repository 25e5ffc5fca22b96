import { answer, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type { Approval, Launch, LaunchBoard, LaunchTransitionInput } from './types';

export function readBoard(): Promise<LaunchBoard> {
  return answer(sdk.getLaunchBoard(loud));
}

export function readLaunch(code: string): Promise<Launch> {
  return answer(sdk.getLaunch({ ...loud, path: { code } }));
}

export function moveLaunch(code: string, body: LaunchTransitionInput): Promise<Launch | Approval> {
  return answer(sdk.moveLaunch({ ...loud, path: { code }, body }));
}
