import * as z from 'zod'

export const ACCOUNT_ROLES = ['customer', 'admin'] as const
export const accountRoleSchema = z.enum(ACCOUNT_ROLES)
export type AccountRole = z.infer<typeof accountRoleSchema>

export const viewerSchema = z.object({
  id: z.uuid(),
  email: z.email(),
  name: z.string(),
  role: accountRoleSchema,
})
export type Viewer = z.infer<typeof viewerSchema>

export const credentialsSchema = z.object({
  email: z.email('Enter a valid e-mail address.').max(254),
  password: z.string().min(1, 'Enter your password.').max(128),
})

export const MINIMUM_PASSWORD_LENGTH = 10

export const newPasswordSchema = z
  .string()
  .min(MINIMUM_PASSWORD_LENGTH, `Use at least ${MINIMUM_PASSWORD_LENGTH} characters.`)
  .max(128, 'Use at most 128 characters.')

export const signUpSchema = z.object({
  name: z.string().trim().min(1, 'Enter your name.').max(120),
  email: credentialsSchema.shape.email,
  password: newPasswordSchema,
})
export type SignUp = z.infer<typeof signUpSchema>
