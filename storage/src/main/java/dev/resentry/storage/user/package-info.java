/** The people who log in. */
@NullMarked
package dev.resentry.storage.user;

import org.jspecify.annotations.NullMarked;
