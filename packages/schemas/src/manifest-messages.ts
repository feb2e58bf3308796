import type { LanguageCode } from './questionnaire.ts'

/** What a form says when a question has no words of its own for it. */
export interface FormMessages {
  required: string
  confirm: string
  unreadable: string
  tooLong(max: number): string
  tooShort(min: number): string
  tooMany(max: number): string
  tooFew(min: number): string
  choice: string
  timezone: string
  email: string
  listedTwice: string
  number: string
  whole: string
  atLeast(min: number): string
  atMost(max: number): string
  url: string
  date: string
  notBefore(day: string): string
  notAfter(day: string): string
  /** Of the step that makes or joins a workspace. */
  workspace: { mode: string; name: string; slug: string; inviteCode: string }
}

export const FORM_MESSAGES: Record<LanguageCode, FormMessages> = {
  en: {
    required: 'Answer this question.',
    confirm: 'This has to be confirmed.',
    unreadable: 'This answer cannot be read.',
    tooLong: (max) => `Use at most ${max} characters.`,
    tooShort: (min) => `Use at least ${min} characters.`,
    tooMany: (max) => `Choose at most ${max}.`,
    tooFew: (min) => `Choose at least ${min}.`,
    choice: 'Choose from the list.',
    timezone: 'Choose a time zone from the list.',
    email: 'Enter a valid e-mail address.',
    listedTwice: 'This address is listed twice.',
    number: 'Enter a number.',
    whole: 'Enter a whole number.',
    atLeast: (min) => `Enter ${min} or more.`,
    atMost: (max) => `Enter ${max} or less.`,
    url: 'Enter a web address, such as https://example.com.',
    date: 'Enter a date.',
    notBefore: (day) => `Choose ${day} or later.`,
    notAfter: (day) => `Choose ${day} or earlier.`,
    workspace: {
      mode: 'Create a workspace or join one.',
      name: 'Name your workspace.',
      slug: 'Use 3 to 50 lower-case letters, digits or underscores, starting with a letter.',
      inviteCode: 'Paste the code from your invitation.',
    },
  },
  de: {
    required: 'Bitte beantworten Sie diese Frage.',
    confirm: 'Das muss bestätigt werden.',
    unreadable: 'Diese Antwort ist nicht lesbar.',
    tooLong: (max) => `Höchstens ${max} Zeichen.`,
    tooShort: (min) => `Mindestens ${min} Zeichen.`,
    tooMany: (max) => `Wählen Sie höchstens ${max}.`,
    tooFew: (min) => `Wählen Sie mindestens ${min}.`,
    choice: 'Wählen Sie aus der Liste.',
    timezone: 'Wählen Sie eine Zeitzone aus der Liste.',
    email: 'Geben Sie eine gültige E-Mail-Adresse ein.',
    listedTwice: 'Diese Adresse steht zweimal da.',
    number: 'Geben Sie eine Zahl ein.',
    whole: 'Geben Sie eine ganze Zahl ein.',
    atLeast: (min) => `Geben Sie ${min} oder mehr ein.`,
    atMost: (max) => `Geben Sie ${max} oder weniger ein.`,
    url: 'Geben Sie eine Web-Adresse ein, etwa https://example.com.',
    date: 'Geben Sie ein Datum ein.',
    notBefore: (day) => `Wählen Sie ${day} oder später.`,
    notAfter: (day) => `Wählen Sie ${day} oder früher.`,
    workspace: {
      mode: 'Legen Sie einen Workspace an oder treten Sie einem bei.',
      name: 'Geben Sie Ihrem Workspace einen Namen.',
      slug: '3 bis 50 Kleinbuchstaben, Ziffern oder Unterstriche, am Anfang ein Buchstabe.',
      inviteCode: 'Fügen Sie den Code aus Ihrer Einladung ein.',
    },
  },
  es: {
    required: 'Responda a esta pregunta.',
    confirm: 'Hay que confirmarlo.',
    unreadable: 'No se puede leer esta respuesta.',
    tooLong: (max) => `Use como máximo ${max} caracteres.`,
    tooShort: (min) => `Use al menos ${min} caracteres.`,
    tooMany: (max) => `Elija como máximo ${max}.`,
    tooFew: (min) => `Elija al menos ${min}.`,
    choice: 'Elija de la lista.',
    timezone: 'Elija una zona horaria de la lista.',
    email: 'Introduzca una dirección de correo válida.',
    listedTwice: 'Esta dirección aparece dos veces.',
    number: 'Introduzca un número.',
    whole: 'Introduzca un número entero.',
    atLeast: (min) => `Introduzca ${min} o más.`,
    atMost: (max) => `Introduzca ${max} o menos.`,
    url: 'Introduzca una dirección web, como https://example.com.',
    date: 'Introduzca una fecha.',
    notBefore: (day) => `Elija ${day} o después.`,
    notAfter: (day) => `Elija ${day} o antes.`,
    workspace: {
      mode: 'Cree un espacio de trabajo o únase a uno.',
      name: 'Ponga un nombre a su espacio de trabajo.',
      slug: 'De 3 a 50 minúsculas, cifras o guiones bajos; la primera, una letra.',
      inviteCode: 'Pegue el código de su invitación.',
    },
  },
  fr: {
    required: 'Répondez à cette question.',
    confirm: 'Une confirmation est nécessaire.',
    unreadable: 'Cette réponse est illisible.',
    tooLong: (max) => `${max} caractères au plus.`,
    tooShort: (min) => `${min} caractères au moins.`,
    tooMany: (max) => `Choisissez-en ${max} au plus.`,
    tooFew: (min) => `Choisissez-en ${min} au moins.`,
    choice: 'Choisissez dans la liste.',
    timezone: 'Choisissez un fuseau horaire dans la liste.',
    email: 'Saisissez une adresse e-mail valide.',
    listedTwice: 'Cette adresse figure deux fois.',
    number: 'Saisissez un nombre.',
    whole: 'Saisissez un nombre entier.',
    atLeast: (min) => `Saisissez ${min} ou plus.`,
    atMost: (max) => `Saisissez ${max} ou moins.`,
    url: 'Saisissez une adresse web, comme https://example.com.',
    date: 'Saisissez une date.',
    notBefore: (day) => `Choisissez le ${day} ou après.`,
    notAfter: (day) => `Choisissez le ${day} ou avant.`,
    workspace: {
      mode: 'Créez un espace de travail ou rejoignez-en un.',
      name: 'Nommez votre espace de travail.',
      slug: '3 à 50 minuscules, chiffres ou tirets bas, en commençant par une lettre.',
      inviteCode: 'Collez le code de votre invitation.',
    },
  },
}
