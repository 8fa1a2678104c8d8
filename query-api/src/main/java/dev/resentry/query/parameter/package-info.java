/** How parameters of requests become those of methods. */
@NullMarked
package dev.resentry.query.parameter;

import org.jspecify.annotations.NullMarked;
