/** The texts about issues like another one. */
export const similarTexts = {
  title: 'Similar issues',
  list: 'Issues like this one',
  none: (compared: string) => `None of the ${compared} issues that were looked at is like this one.`,
  nothingToCompare: 'There is no other issue of this project with the same type, culprit or first word.',
  notComparable: 'No event of this issue is kept that others could be held against.',
  alike: { very: 'Very similar', quite: 'Similar', some: 'Somewhat similar' },
  why: {
    type: 'same type',
    frames: (share: string) => `${share} of the frames`,
    message: (share: string) => `${share} of the words`,
  },
  choose: (title: string) => `Choose ${title} for merging`,
  merge: (what: string) => `Merge ${what} into this one`,
  mergeTitle: (what: string) => `Merge ${what} into this one?`,
  mergeWords:
    'This issue stays as it is, and gets the events and comments of the others. What was merged can be taken out again under Grouping.',
};
