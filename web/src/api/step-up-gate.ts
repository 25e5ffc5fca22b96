/** Asks the person to confirm; false when they would rather not. */
type Asker = () => Promise<boolean>;

const gate: { asker: Asker | null; asking: Promise<boolean> | null } = { asker: null, asking: null };

/** The dialog that asks; null while there is none. */
export function setStepUpAsker(asker: Asker | null): void {
  gate.asker = asker;
}

/** Several requests that are refused at once ask once. */
export function askStepUp(): Promise<boolean> {
  gate.asking ??= (gate.asker?.() ?? Promise.resolve(false)).finally(() => {
    gate.asking = null;
  });
  return gate.asking;
}
