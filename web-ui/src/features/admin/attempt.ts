import { toast } from '../../ui/Toasts';

/** Runs something and says so if it is refused. */
export async function attempt(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (e) {
    toast(e instanceof Error ? e.message : String(e));
  }
}
