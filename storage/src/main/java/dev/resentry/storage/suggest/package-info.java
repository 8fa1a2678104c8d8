/** What people may want to search by: keys and values that there are, with how often. Always of bounded samples or roll-ups. */
@NullMarked
package dev.resentry.storage.suggest;

import org.jspecify.annotations.NullMarked;
