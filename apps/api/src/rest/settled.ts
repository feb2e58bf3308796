/** Ends with the work, however it ends. */
export async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work])
}
