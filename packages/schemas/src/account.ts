import * as z from 'zod/mini'

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
  email: z.email('Enter a valid e-mail address.').check(z.maxLength(254, 'Use at most 254 characters.')),
  password: z.string().check(z.minLength(1, 'Enter your password.'), z.maxLength(128, 'Use at most 128 characters.')),
})

export const MINIMUM_PASSWORD_LENGTH = 10

export const newPasswordSchema = z
  .string()
  .check(
    z.minLength(MINIMUM_PASSWORD_LENGTH, `Use at least ${MINIMUM_PASSWORD_LENGTH} characters.`),
    z.maxLength(128, 'Use at most 128 characters.'),
  )

export const signUpSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, 'Enter your name.'), z.maxLength(120, 'Use at most 120 characters.')),
  email: credentialsSchema.shape.email,
  password: newPasswordSchema,
})
export type SignUp = z.infer<typeof signUpSchema>
