/** What operators ask a gateway: is it well, what has it counted. */
@NullMarked
package dev.resentry.gateway.operations;

import org.jspecify.annotations.NullMarked;
