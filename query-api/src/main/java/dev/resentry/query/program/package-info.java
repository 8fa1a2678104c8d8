/** Issues, releases and deployments for programs (features, S1, M3, M4 and M8): a flat form of what the rest of the API shows. */
@NullMarked
package dev.resentry.query.program;

import org.jspecify.annotations.NullMarked;
