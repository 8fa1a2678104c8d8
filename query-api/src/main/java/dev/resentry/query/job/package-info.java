/** Long jobs: what they are at, and working on them. */
@NullMarked
package dev.resentry.query.job;

import org.jspecify.annotations.NullMarked;
