/** The pipeline at a glance: rates, backlog, the balance, who works and what it takes. */
@NullMarked
package dev.resentry.query.pipeline;

import org.jspecify.annotations.NullMarked;
