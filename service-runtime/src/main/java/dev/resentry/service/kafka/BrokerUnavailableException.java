package dev.resentry.service.kafka;

/** The broker did not answer, or not what was asked for; asking again later may go right. */
public final class BrokerUnavailableException extends RuntimeException {
    BrokerUnavailableException(String message) {
        super(message);
    }

    BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
