/** Client reports: what SDKs say that they did not send. */
@NullMarked
package dev.resentry.processor.item.clientreport;

import org.jspecify.annotations.NullMarked;
