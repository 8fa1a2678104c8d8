/** The removal of one person's data, and what keeps it from coming back. */
@NullMarked
package dev.resentry.storage.person;

import org.jspecify.annotations.NullMarked;
