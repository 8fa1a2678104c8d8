/** Sessions of releases: counts by minute and hour, their users, and those that had errors. */
@NullMarked
package dev.resentry.storage.session;

import org.jspecify.annotations.NullMarked;
