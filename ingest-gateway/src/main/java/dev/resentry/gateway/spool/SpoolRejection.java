package dev.resentry.gateway.spool;

import java.util.Locale;

/** Why a spool takes no more. */
public enum SpoolRejection {
    /** It is switched off. */
    OFF,
    /** The gateway is stopping. */
    STOPPING,
    /** The oldest envelope waits longer than it may. */
    AGE,
    /** It has as many bytes as it may, with what is set aside. */
    BYTES,
    /** More waits to be written than may. */
    QUEUE,
    /** The disk would have less room left than it must. */
    DISK_ROOM,
    /** The disk has failed. */
    DISK_FAILURE;

    /** As metrics have it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
