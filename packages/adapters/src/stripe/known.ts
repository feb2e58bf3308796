/** Of the SDK's enumerations, which allow any other string as well, those that it knows. */
export type Known<Enumeration> = Enumeration extends string ? (string extends Enumeration ? never : Enumeration) : never
