/** Long jobs: their rows, and running them by leases. */
@NullMarked
package dev.resentry.storage.job;

import org.jspecify.annotations.NullMarked;
