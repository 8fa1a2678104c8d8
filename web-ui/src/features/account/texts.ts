export const accountTexts = {
  login: 'Log in',
  email: 'E-mail',
  password: 'Password',
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
};
