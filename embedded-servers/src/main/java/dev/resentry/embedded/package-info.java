/** The directory in which everything lasts that an embedded installation keeps. */
@NullMarked
package dev.resentry.embedded;

import org.jspecify.annotations.NullMarked;
