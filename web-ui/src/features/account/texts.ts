export const accountTexts = {
  login: 'Log in',
  email: 'E-mail',
  password: 'Password',
  signOn: (name: string) => `Log in with ${name}`,
  signOnAway: (name: string) =>
    `${name} does not answer, so that it logs nobody in just now. It is tried again.`,
  signOnFaults: {
    refused: 'The login was refused or called off there. Try again, or ask who runs it.',
    expired: 'This login took too long, or began in another browser. Try again.',
    unavailable: 'The service that logs people in does not answer. Try again in a while.',
    invalid: 'What the other side answered proves nothing. An administrator finds the cause in the log.',
    email_unverified:
      'The other side has not verified your e-mail, so that your account cannot be found by it.',
    no_account: 'You have no account here. Ask an administrator to invite you.',
    other_identity: 'The account with your e-mail belongs to somebody else there. Ask an administrator.',
    inactive: 'Your account is switched off. Ask an administrator.',
    no_role: 'None of your groups lets you in here. Ask an administrator.',
  },
  code: 'Code',
  codeHint: 'Of your authenticator app, or one of your recovery codes.',
  codeWords: (email: string) => `${email} has a second factor.`,
  otherLogin: 'Log in as somebody else',
  firstLogin:
    'The first password stands where Resentry was started, in the lines that end with “shown this once”, unless RESENTRY_ADMIN_PASSWORD set it.',
  welcome: 'Choose a password',
  welcomeWords: 'The printed one was seen by whoever saw the screen. This one is yours alone.',
  current: 'The password you logged in with',
  next: 'New password',
  nextHint: 'At least 10 characters; long words are better than odd ones.',
  strength: {
    none: '',
    short: 'Too short: at least 10 characters',
    weak: 'Easily guessed: the same few characters',
    fair: 'Good',
    strong: 'Strong',
  },
  keep: 'Keep it and go on',
  secondFactor: 'Set up a second factor',
  secondFactorWords:
    'Everybody who logs in here with a password needs one besides: codes of an authenticator app on your phone.',
  secondFactorDone: 'I have kept them, go on',
  logOut: 'Log out',
};
