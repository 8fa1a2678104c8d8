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
  toLogin: 'To the login',
};
