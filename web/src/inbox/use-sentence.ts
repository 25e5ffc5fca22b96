import { useFormat } from '../format/use-format';

/** A sentence of the server that comes in both languages, in the one of the screen. */
export function useSentence(): (sentence: { readonly vi: string; readonly en: string }) => string {
  const { language } = useFormat();
  return (sentence) => sentence[language];
}
