import { publicProcedure, router } from '../trpc/init.ts'

export const accountRouter = router({
  /** Who is signed in; null for nobody. */
  me: publicProcedure.query(({ ctx }) => ctx.viewer()),
})
