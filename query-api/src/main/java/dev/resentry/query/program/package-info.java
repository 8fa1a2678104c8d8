/** Issues, releases, deployments and alert rules for programs (features, S1, M3, M4, M8 and M9): a flat form of what the rest of the API shows. */
@NullMarked
package dev.resentry.query.program;

import org.jspecify.annotations.NullMarked;
