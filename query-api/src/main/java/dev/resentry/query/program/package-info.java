/** Issues for programs (features, S1 and M3): a flat form of what the rest of the API shows. */
@NullMarked
package dev.resentry.query.program;

import org.jspecify.annotations.NullMarked;
