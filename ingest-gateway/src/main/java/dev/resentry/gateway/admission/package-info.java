/** How much is taken in at once. */
@NullMarked
package dev.resentry.gateway.admission;

import org.jspecify.annotations.NullMarked;
