import { useEffect, useState } from 'react';
import { setStepUpAsker } from '../api/step-up-gate';
import { StepUpDialog } from './step-up-dialog';

type Answer = (isProven: boolean) => void;

/** Stands ready on every page: whatever is refused for want of a fresh proof opens the dialog here and then goes on. */
export function StepUpHost() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    setStepUpAsker(() => new Promise<boolean>((resolve) => setAnswer(() => resolve)));
    return () => setStepUpAsker(null);
  }, []);
  if (!answer) return null;
  const end = (isProven: boolean) => {
    setAnswer(null);
    answer(isProven);
  };
  return <StepUpDialog onProven={() => end(true)} onClose={() => end(false)} />;
}
