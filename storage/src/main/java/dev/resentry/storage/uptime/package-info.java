/** Requests that are made every so often to see whether something is there: what is asked for, when, and what came of it. */
@NullMarked
package dev.resentry.storage.uptime;

import org.jspecify.annotations.NullMarked;
