/** How much is let through. */
@NullMarked
package dev.resentry.gateway.limit;

import org.jspecify.annotations.NullMarked;
