/** Has processes told of work by the database, instead of asking for it again and again. */
@NullMarked
package dev.resentry.storage.signal;

import org.jspecify.annotations.NullMarked;
