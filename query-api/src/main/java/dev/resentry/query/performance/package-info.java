/** How endpoints and statements fare. */
@NullMarked
package dev.resentry.query.performance;

import org.jspecify.annotations.NullMarked;
