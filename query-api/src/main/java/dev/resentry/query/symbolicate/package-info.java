/** Makes single frames readable, and says of a frame why it is not. */
@NullMarked
package dev.resentry.query.symbolicate;

import org.jspecify.annotations.NullMarked;
