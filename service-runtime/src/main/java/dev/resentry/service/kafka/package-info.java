/** Reading topics in the background. */
@NullMarked
package dev.resentry.service.kafka;

import org.jspecify.annotations.NullMarked;
