/** Dead letters: what failed, why, and what people decide to do with it. */
@NullMarked
package dev.resentry.query.deadletter;

import org.jspecify.annotations.NullMarked;
