/** Gives what R8 and ProGuard have renamed its names back. The only room of R8's library. */
@NullMarked
package dev.resentry.retrace;

import org.jspecify.annotations.NullMarked;
