/** Logs, of SDKs and of exporters of OpenTelemetry. */
@NullMarked
package dev.resentry.processor.item.log;

import org.jspecify.annotations.NullMarked;
