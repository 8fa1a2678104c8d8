/** Webhooks, alerts of other trackers, and of what people want to be told. */
@NullMarked
package dev.resentry.query.webhook;

import org.jspecify.annotations.NullMarked;
