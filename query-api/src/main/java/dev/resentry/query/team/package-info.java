/** Teams. */
@NullMarked
package dev.resentry.query.team;

import org.jspecify.annotations.NullMarked;
