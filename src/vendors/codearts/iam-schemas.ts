import { type Static, Type } from 'typebox'

const Named = Type.Object({ id: Type.Optional(Type.String()), name: Type.Optional(Type.String()) })

export const Login = Type.Object({
  auth: Type.Object({
    identity: Type.Object({
      methods: Type.Array(Type.Enum(['password']), { minItems: 1 }),
      password: Type.Object({
        user: Type.Object({
          name: Type.Optional(Type.String()),
          id: Type.Optional(Type.String()),
          password: Type.String(),
          domain: Type.Optional(Named),
        }),
      }),
    }),
    scope: Type.Optional(Type.Object({ project: Type.Optional(Named), domain: Type.Optional(Named) })),
  }),
})
export type Login = Static<typeof Login>

export const IssuedToken = Type.Object({
  token: Type.Object({
    expires_at: Type.String(),
    issued_at: Type.String(),
    methods: Type.Array(Type.String()),
    catalog: Type.Array(Type.Object({})),
    roles: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    user: Type.Object({
      id: Type.String(),
      name: Type.String(),
      domain: Type.Object({ id: Type.String(), name: Type.String() }),
      password_expires_at: Type.String(),
    }),
  }),
})
export type IssuedToken = Static<typeof IssuedToken>
