/** Jobs that check in: what they said, when they are due, and what is made of their silence. */
@NullMarked
package dev.resentry.storage.monitor;

import org.jspecify.annotations.NullMarked;
