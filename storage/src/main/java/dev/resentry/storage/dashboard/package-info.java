/** What a dashboard shows, from roll-ups alone. */
@NullMarked
package dev.resentry.storage.dashboard;

import org.jspecify.annotations.NullMarked;
