package dev.resentry.query.storage;

import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;

/** The disk that tables and topics take, measured at most once a minute. */
@NativeApi
@Tag(name = "Storage")
class StorageController {
    private final MeasuredStorage storage;

    StorageController(MeasuredStorage storage) {
        this.storage = storage;
    }

    @GetMapping("/api/v1/storage")
    @Allowed(Scope.ORG_READ)
    StorageResponse get() {
        return storage.get();
    }
}
