export const linkTexts = {
  invitation: 'You are invited',
  invitationWords: (email: string, role: string) => `${email}, as ${role}.`,
  name: 'Your name',
  password: 'A password',
  accept: 'Come in',
  gone: 'This link does not work any more',
  goneWords: 'It was used, has expired, or was taken back. Ask an administrator for another one.',
  reset: 'Choose a new password',
  resetDo: 'Keep it',
  resetDone: 'The password is changed. Log in with it.',
  forgotten: 'Forgotten your password?',
  forgottenWords: 'You get a link by mail, by which you choose a new one.',
  forgottenDo: 'Send me a link',
  forgottenDone: (email: string) =>
    `If ${email} has an account here and mail is set up, a link is on its way. Otherwise ask an administrator for one.`,
  toLogin: 'To the login',
};
