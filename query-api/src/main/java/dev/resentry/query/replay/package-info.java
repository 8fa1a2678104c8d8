/** Asking for replays. */
@NullMarked
package dev.resentry.query.replay;

import org.jspecify.annotations.NullMarked;
